#include "../Shim/Guard.hpp"

using namespace copra;

bool ct_requires_gradient(const ct_tensor *tensor) { return tensor->value.requires_grad(); }

bool ct_set_requires_gradient(ct_tensor *tensor, bool required) {
  return done([&] { tensor->value.requires_grad_(required); });
}

bool ct_backward(const ct_tensor *tensor, const ct_tensor *gradient) {
  return done([&] { tensor->value.backward(gradient ? gradient->value : at::Tensor()); });
}

ct_tensor *ct_gradient(const ct_tensor *tensor) {
  return guarded<ct_tensor *>(nullptr, [&]() -> ct_tensor * {
    const auto &gradient = tensor->value.grad();
    return gradient.defined() ? owned(gradient) : nullptr;
  });
}

bool ct_set_gradient(ct_tensor *tensor, const ct_tensor *gradient) {
  return done([&] { tensor->value.mutable_grad() = gradient ? gradient->value : at::Tensor(); });
}

ct_tensor *ct_detach(const ct_tensor *tensor) {
  return tensorOf([&] { return tensor->value.detach(); });
}
