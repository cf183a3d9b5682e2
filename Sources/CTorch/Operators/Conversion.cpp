#include "../Shim/Guard.hpp"

using namespace copra;

ct_tensor *ct_to(const ct_tensor *tensor, ct_dtype dtype, ct_device where) {
  return tensorOf([&] { return tensor->value.to(device(where), scalarType(dtype)); });
}

ct_tensor *ct_contiguous(const ct_tensor *tensor, ct_layout layout) {
  return tensorOf([&] { return tensor->value.contiguous(memoryFormat(layout)); });
}

ct_tensor *ct_clone(const ct_tensor *tensor) {
  return tensorOf([&] { return tensor->value.clone(); });
}

bool ct_copy(ct_tensor *target, const ct_tensor *source) {
  return done([&] {
    TORCH_CHECK(target->value.sizes() == source->value.sizes(), "expected shape ",
                target->value.sizes(), ", found ", source->value.sizes());
    target->value.detach().copy_(source->value);
  });
}

bool ct_set_data(ct_tensor *target, const ct_tensor *source) {
  return done([&] {
    target->value.set_data(source->value);
    ct_count_change(target);
  });
}
