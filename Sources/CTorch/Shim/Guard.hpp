// What every body of the shim stands in: exceptions become the thread's last error.

#pragma once

#include <ATen/ATen.h>

#include <string>
#include <utility>

#include "CTorch.h"

struct ct_tensor {
  at::Tensor value;
};

namespace copra {

/// The message of the last error of the calling thread.
std::string &lastError();

/// The first line of a message; what follows are libtorch's own frames and notes.
std::string firstLine(const std::string &message);

inline ct_tensor *owned(at::Tensor tensor) { return new ct_tensor{std::move(tensor)}; }

inline at::IntArrayRef list(ct_list values) {
  return at::IntArrayRef(values.values, static_cast<size_t>(values.count));
}

inline c10::optional<at::Tensor> optional(const ct_tensor *tensor) {
  return tensor ? c10::optional<at::Tensor>(tensor->value) : c10::nullopt;
}

std::vector<at::Tensor> borrowed(ct_tensors tensors);

at::ScalarType scalarType(ct_dtype dtype);
at::Device device(ct_device device);
at::MemoryFormat memoryFormat(ct_layout layout);

/// Whether the calling thread casts on the processor by itself.
bool isAutocast();

inline at::TensorOptions options(ct_dtype dtype, ct_device where) {
  return at::TensorOptions().dtype(scalarType(dtype)).device(device(where));
}

/// Runs the body; on an exception keeps its message and returns `failed`.
template <typename Result, typename Body>
Result guarded(Result failed, Body body) noexcept {
  try {
    return body();
  } catch (const c10::Error &error) {
    lastError() = firstLine(error.what_without_backtrace());
  } catch (const std::exception &error) {
    lastError() = firstLine(error.what());
  } catch (...) {
    lastError() = "unknown error";
  }
  return failed;
}

/// Runs a body that makes a tensor.
template <typename Body>
ct_tensor *tensorOf(Body body) noexcept {
  return guarded<ct_tensor *>(nullptr, [&] { return owned(body()); });
}

/// Runs a body that changes something.
template <typename Body>
bool done(Body body) noexcept {
  return guarded(false, [&] {
    body();
    return true;
  });
}

}  // namespace copra
