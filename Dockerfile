# copra and copra-view on a slim Debian:
#   docker build -t copra . && docker run --rm -v "$PWD:/set" copra validate /set
FROM swift:6.3-bookworm AS build
WORKDIR /copra
COPY . .
RUN make release viewer

FROM debian:bookworm-slim
RUN apt-get update -qq \
  && apt-get install -y -qq --no-install-recommends \
    libexpat1 libgif7 libjpeg62-turbo libpng16-16 libsimdjson14 libtiff6 libturbojpeg0 libwebp7 libyaml-0-2 libzstd1 \
  && rm -rf /var/lib/apt/lists/*
COPY --from=build /copra/.build/release/copra /copra/.build/release/copra-view /usr/local/bin/
WORKDIR /set
ENTRYPOINT ["copra"]
CMD ["--help"]
