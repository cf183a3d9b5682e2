#include "Parallel.hpp"

#include <ATen/Parallel.h>
#include <dlfcn.h>

#include <atomic>
#include <exception>

#include "Guard.hpp"

namespace {

/// The work that the threads of a team share.
struct Job {
  const int64_t count;
  const std::function<void(int64_t)> &body;
  std::atomic<int64_t> next{0};
  std::atomic_flag failed = ATOMIC_FLAG_INIT;
  std::exception_ptr error{};

  /// Takes numbers until none is left.
  void work() {
    try {
      for (auto number = next++; number < count; number = next++) body(number);
    } catch (...) {
      if (!failed.test_and_set()) error = std::current_exception();
      next = count;
    }
  }
};

using RunTeam = void (*)(void (*work)(void *), void *argument, unsigned threads, unsigned flags);

/// The entry of the OpenMP runtime that libtorch itself brings (GCC's, or Intel's and LLVM's, which
/// have it under the same name); NULL where libtorch was built without one.
RunTeam runTeam() {
  static const auto entry = reinterpret_cast<RunTeam>(dlsym(RTLD_DEFAULT, "GOMP_parallel"));
  return entry;
}

}  // namespace

void copra::forEachInParallel(int64_t count, const std::function<void(int64_t)> &body) {
  at::internal::lazy_init_num_threads();
  Job job{count, body};
  const bool alone = count < 2 || at::get_num_threads() < 2 || at::in_parallel_region();
  if (const auto team = alone ? nullptr : runTeam()) {
    // 0 threads: as many as libtorch set, so that its pool is neither grown nor shrunk.
    team([](void *argument) { static_cast<Job *>(argument)->work(); }, &job, 0, 0);
  } else {
    job.work();
  }
  if (job.error) std::rethrow_exception(job.error);
}

bool ct_use_threads_here(int32_t count) {
  return copra::done([&] {
    // libtorch sets each thread's number once, before its first operation, from that of all.
    at::internal::lazy_init_num_threads();
    using SetThreads = void (*)(int count);
    static const auto entry =
        reinterpret_cast<SetThreads>(dlsym(RTLD_DEFAULT, "omp_set_num_threads"));
    if (entry) entry(count);
  });
}
