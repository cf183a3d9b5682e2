// Work in many units on libtorch's own threads.

#pragma once

#include <cstdint>
#include <functional>

namespace copra {

/// Calls the body with 0 … count - 1, each once, on the threads that libtorch's operations use.
///
/// Which thread takes which number is open: a body writes only what belongs to its number. An
/// exception of a body is thrown on to the caller after the others have come back.
///
/// `at::parallel_for` cannot do it: it is a template whose threads come from the compiler's OpenMP,
/// and without that it runs on one thread and says nothing.
void forEachInParallel(int64_t count, const std::function<void(int64_t)> &body);

}  // namespace copra
