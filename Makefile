# copra: what can be done here. `make demo` and `make test` are all that a new user needs.

PACKAGES = libjpeg-dev libturbojpeg0-dev libpng-dev libwebp-dev libtiff-dev libgif-dev \
  libexpat1-dev libyaml-dev libsimdjson-dev libzstd-dev zlib1g-dev
# What copra-engine needs beside them; LIBTORCH=/path names a libtorch of one's own instead.
ENGINE_PACKAGES = libssl-dev $(if $(LIBTORCH),,libtorch-dev libgloo-dev libopenblas0-pthread)
# The programs that tests run and that a minimal Debian lacks.
TEST_PACKAGES = patch
# Where Swift builds.
BUILD = .build
SWIFT_TARGETS = Package.swift Sources Tests samples/CustomModel Dependencies
# What the linker leaves out of a release; `make release STRIP=` keeps it, for profiling.
STRIP = -Xlinker --strip-all -Xlinker --gc-sections -Xlinker --no-export-dynamic
# Optimised across modules, exclusivity proven at compile time only; without the Swift runtime to
# load and with addresses fixed at link time it starts in milliseconds.
RELEASE = -c release -Xswiftc -cross-module-optimization -Xswiftc -enforce-exclusivity=unchecked \
  -Xswiftc -Xclang-linker -Xswiftc -no-pie --static-swift-stdlib $(STRIP) --scratch-path $(BUILD)
DEBUG = --explicit-target-dependency-import-check error
COPRA = $(BUILD)/release/copra
# Where the wheel and all that goes into it is made.
WHEEL = $(BUILD)/wheel
# The Python that has PySpark.
SPARK = $(BUILD)/spark/venv
# Where the archive of a release is made.
DIST = $(BUILD)/dist
VERSION = $(shell sed -n 's/.*text = "\(.*\)"/\1/p' Sources/Files/Version.swift)
ARCHIVE = copra-$(VERSION)-linux-$(shell uname -m)
DEMO = demo-output
# Where the pages of the libraries' documentation go.
DOCS = $(BUILD)/docs
# The Python that has Debian's torchvision.
PYTHON = /usr/bin/python3

.PHONY: help deps deps-engine deps-test packages build release engine viewer demo test check \
  check-bare check-readme check-real check-drop-in compare torchvision bench bench-convert bench-validate \
  bench-evaluate bench-draw bench-zoo bench-engine bench-python lint docs format clean wheel dist \
  test-python test-python-here python-packages test-spark spark-environment bench-spark

help:
	@echo "make demo         install what is missing, build, convert, validate and prove the samples"
	@echo "make test         build, lint and run all tests"
	@echo "make check        the same from a clean build"
	@echo "make check-bare   the README's commands on a minimal Debian, made for it (as root)"
	@echo "make check-readme run the examples of README.md and Documentation, and compare their output"
	@echo "make check-real   run over real datasets (COPRA_DATASETS, default ../shared/datasets)"
	@echo "make check-drop-in run trainers with pycocotools and with the wheel (COPRA_CHECKOUTS)"
	@echo "make compare      compare OLD=/path/to/copra with this one, result by result"
	@echo "make bench        measure copra against its peers"
	@echo "make release      build $(COPRA)"
	@echo "make engine       build $(COPRA)-engine, which runs models, beside it"
	@echo "make viewer       build $(COPRA)-view, which serves copra view, beside it"
	@echo "make wheel        build the Python package into $(WHEEL)"
	@echo "make test-python  test it"
	@echo "make test-spark   test its adapter for Apache Spark, with Java and PySpark"
	@echo "make dist         pack the programs, and the wheel if it is there, into $(DIST)"
	@echo "make docs         build the libraries' documentation into $(DOCS)"
	@echo "make format       format the sources"
	@echo "make clean        remove what was built"

# Debian's packages; quick when all are there.
deps:
	@missing=""; for package in $(PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q "ok installed" \
	    || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	  echo "installing from Debian:$$missing"; \
	  if [ "$$(id -u)" = 0 ]; then run=""; else run="sudo"; fi; \
	  $$run apt-get update -qq && \
	  $$run env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; \
	fi

deps-engine:
	@$(MAKE) --no-print-directory deps PACKAGES="$(ENGINE_PACKAGES)"

# At once, so that Debian is asked once.
deps-test:
	@$(MAKE) --no-print-directory deps PACKAGES="$(PACKAGES) $(ENGINE_PACKAGES) $(TEST_PACKAGES)"

# The packages that copra needs, with our files in place of some of theirs.
packages: deps
	@swift package --scratch-path $(BUILD) resolve
	@Dependencies/replace.sh $(BUILD)

build: deps-engine packages
	swift build $(DEBUG)

release: packages
	swift build --product copra $(RELEASE)
	@! grep -q -e FoundationEssentials -e _RegexParser $(COPRA) || echo "$(COPRA) is larger than need \
	be: it carries Foundation or regular expressions, see Dependencies and TextSearch.swift"

engine: release deps-engine
	swift build --product copra-engine $(RELEASE)

viewer: release
	swift build --product copra-view $(RELEASE)

# auditwheel takes the libraries in that they load, and names
# the oldest systems that it runs on.
wheel: release viewer
	swift build --product CopraLibrary $(RELEASE)
	@rm -rf $(WHEEL)/binaries $(WHEEL)/raw && mkdir -p $(WHEEL)/binaries $(WHEEL)/raw
	python/link_library.sh $(BUILD)/release $(WHEEL)/binaries/libcopra.so -static-stdlib \
	  -Xlinker --gc-sections -Xlinker --strip-all
	@cp $(BUILD)/release/copra $(BUILD)/release/copra-view $(WHEEL)/binaries
	@test -x $(WHEEL)/tools/bin/auditwheel || { python3 -m venv $(WHEEL)/tools && \
	  $(WHEEL)/tools/bin/pip install --quiet -r python/wheel-requirements.txt; }
	@COPRA_BINARIES=$(abspath $(WHEEL))/binaries python3 python/build_backend.py $(WHEEL)/raw
	@rm -f $(WHEEL)/*.whl
	PATH="$(abspath $(WHEEL))/tools/bin:$$PATH" auditwheel repair --wheel-dir $(WHEEL) \
	  $(WHEEL)/raw/*.whl
	@ls -l $(WHEEL)/*.whl

# The programs with what explains them, and checksums; the same sources make the same archive.
dist: engine viewer
	@rm -rf $(DIST) && mkdir -p $(DIST)/$(ARCHIVE)/bin
	cp $(addprefix $(BUILD)/release/,copra copra-view copra-engine) $(DIST)/$(ARCHIVE)/bin
	cp -R README.md LICENSE Documentation $(DIST)/$(ARCHIVE)
	tar --create --directory $(DIST) --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner \
	  --mode=u=rwX,go=rX $(ARCHIVE) | gzip --no-name -9 > $(DIST)/$(ARCHIVE).tar.gz
	@rm -rf $(DIST)/$(ARCHIVE)
	@for wheel in $(WHEEL)/*.whl; do if [ -e "$$wheel" ]; then cp "$$wheel" $(DIST); fi; done
	cd $(DIST) && sha256sum *.tar.gz $$(ls *.whl 2>/dev/null) > SHA256SUMS && cat SHA256SUMS

# Of a library without optimisation; pycocotools, where it can be had, is what results must equal.
test-python:
	@if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then \
	  echo "test-python: skipped, there is no Python from 3.10 on"; \
	elif ! $(MAKE) --no-print-directory python-packages; then \
	  echo "test-python: skipped, its packages cannot be installed here"; \
	else $(MAKE) --no-print-directory test-python-here; fi

python-packages:
	@$(MAKE) --no-print-directory deps PACKAGES="$(PACKAGES) python3-venv"
	@test -x $(BUILD)/python/venv/bin/pytest || { python3 -m venv $(BUILD)/python/venv && \
	  $(BUILD)/python/venv/bin/pip install --quiet -r python/test-requirements.txt; }

test-python-here:
	swift build --product CopraLibrary $(DEBUG) --scratch-path $(BUILD)
	python/link_library.sh $(BUILD)/debug $(BUILD)/python/libcopra.so
	cd python && $(abspath $(BUILD))/python/venv/bin/ruff check . && \
	  $(abspath $(BUILD))/python/venv/bin/ruff format --check . && \
	  $(abspath $(BUILD))/python/venv/bin/mypy copra
	cd python && COPRA_LIBRARY=$(abspath $(BUILD))/python/libcopra.so PYTHONPATH=. \
	  $(abspath $(BUILD))/python/venv/bin/pytest -q

# With executors in processes of their own, some of which are killed; no part of `make test`, as it needs
# Java and what PySpark brings along.
test-spark: release spark-environment
	cd python && $(abspath $(SPARK))/bin/ruff check . && \
	  $(abspath $(SPARK))/bin/ruff format --check . && $(abspath $(SPARK))/bin/mypy copra
	cd python/tests_spark && COPRA_PROGRAM=$(abspath $(COPRA)) PYTHONPATH=.. \
	  $(abspath $(SPARK))/bin/pytest -q --rootdir ..

spark-environment:
	@$(MAKE) --no-print-directory deps PACKAGES=openjdk-17-jre-headless
	@test -x $(SPARK)/bin/pytest || { python3 -m venv $(SPARK) && \
	  $(SPARK)/bin/pip install --quiet -r python/spark-requirements.txt; }

demo: engine
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	@sh samples/demo.sh $(COPRA) $(DEMO)

# The libraries' documentation, of what `swift build` has made; a warning fails.
docs: build
	Documentation/build_docs.sh $(BUILD)/debug $(DOCS)

# Examples in Python run where README_PYTHON has the wheel; the others are skipped and counted.
README_PYTHON = python3
check-readme: release engine
	python3 Documentation/check_readme.py --copra $(COPRA) --python $(README_PYTHON)

lint:
	swift format lint --parallel --strict --recursive $(SWIFT_TARGETS)
	.ci/undocumented

format:
	swift format --in-place --recursive $(SWIFT_TARGETS)

# One thread of libtorch a process, as tests run side by side; those about threads say how many, and
# a thread that waits leaves the core to the others.
test: deps-test lint packages
	swift build --build-tests $(DEBUG)
	OMP_NUM_THREADS=1 OMP_WAIT_POLICY=passive swift test --skip-build

check: clean test

# As root: `make demo` and `make test` on a minimal Debian that has nothing but what Swift needs.
check-bare:
	@$(MAKE) --no-print-directory deps PACKAGES=debootstrap
	.ci/bare

check-real: release engine viewer torchvision
	python3 Benchmarks/real/check.py --copra $(COPRA)
	$(PYTHON) Benchmarks/real/forward_parity.py --engine $(COPRA)-engine --float32
	$(PYTHON) Benchmarks/real/detector_parity.py --engine $(COPRA)-engine
	$(PYTHON) Benchmarks/real/backbone_parity.py --engine $(COPRA)-engine
	$(PYTHON) Benchmarks/real/anchor_parity.py --engine $(COPRA)-engine

# Trainers that evaluate by pycocotools, as they are; what is in no registry comes from checkouts.
check-drop-in: wheel
	python3 Benchmarks/drop_in/run.py --wheel $(WHEEL)/*.whl

# Another program's results must be this one's, such as those of the build before a change.
compare: release
	python3 Benchmarks/real/compare_binaries.py $(OLD) $(COPRA) $(OPTIONS)

# One of the readers that check-real uses; where it cannot be had, its claims are skipped.
torchvision:
	@$(MAKE) --no-print-directory deps PACKAGES=python3-torchvision || true

bench: bench-convert bench-validate bench-evaluate bench-draw bench-zoo bench-engine

bench-convert: release
	swift build --product LoadCOCO $(RELEASE)
	python3 Benchmarks/convert/run.py

bench-validate: release
	python3 Benchmarks/validate/run.py

bench-evaluate: release
	swift build --product EvaluateCOCO $(RELEASE)
	python3 Benchmarks/evaluate/run.py

bench-draw: release
	set=$${COPRA_DATASETS:-../shared/datasets}/tinycoco; python3 Benchmarks/draw/run.py \
	  $$set/annotations/instances_train2017.json $$set/images/train2017

# With LIBTORCH=… of a torch wheel and PYTHON=… of an environment that has torchvision for it, both
# sides run on that libtorch.
bench-zoo: deps-engine
	swift build --product ZooSteps $(RELEASE)
	python3 Benchmarks/zoo/run.py --python $(PYTHON)

bench-engine: deps-engine
	swift build --product EngineSteps $(RELEASE)
	python3 Benchmarks/engine/run.py --python $(PYTHON)

# Among Python's packages for the same work, each in its own process: arrays in, figures out.
bench-python: wheel
	python3 Benchmarks/python/run.py --wheel $(WHEEL)/*.whl

bench-spark: release spark-environment
	$(SPARK)/bin/python Benchmarks/spark/run.py --copra $(COPRA)

clean:
	rm -rf .build $(DEMO)
