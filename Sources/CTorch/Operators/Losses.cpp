#include "../Shim/Guard.hpp"

using namespace copra;

namespace {

int64_t reduced(ct_loss_reduction reduction) {
  switch (reduction) {
    case CT_NONE: return at::Reduction::None;
    case CT_REDUCE_MEAN: return at::Reduction::Mean;
    case CT_REDUCE_SUM: return at::Reduction::Sum;
  }
  return at::Reduction::Mean;
}

}  // namespace

ct_tensor *ct_cross_entropy(const ct_tensor *logits, const ct_tensor *target,
                            ct_loss_reduction reduction, double smoothing) {
  return tensorOf([&] {
    return at::cross_entropy_loss(logits->value, target->value, {}, reduced(reduction), -100,
                                  smoothing);
  });
}

ct_tensor *ct_binary_cross_entropy(const ct_tensor *logits, const ct_tensor *target,
                                   ct_loss_reduction reduction) {
  return tensorOf([&] {
    return at::binary_cross_entropy_with_logits(logits->value, target->value, {}, {},
                                                reduced(reduction));
  });
}

ct_tensor *ct_smooth_l1(const ct_tensor *input, const ct_tensor *target,
                        ct_loss_reduction reduction, double beta) {
  return tensorOf(
      [&] { return at::smooth_l1_loss(input->value, target->value, reduced(reduction), beta); });
}

ct_tensor *ct_l1(const ct_tensor *input, const ct_tensor *target, ct_loss_reduction reduction) {
  return tensorOf([&] { return at::l1_loss(input->value, target->value, reduced(reduction)); });
}

ct_tensor *ct_mean_squared_error(const ct_tensor *input, const ct_tensor *target,
                                 ct_loss_reduction reduction) {
  return tensorOf([&] { return at::mse_loss(input->value, target->value, reduced(reduction)); });
}
