// Non-maximum suppression by libtorch's operators.

#include <cmath>
#include <limits>

#include "Composed.hpp"
#include "Limits.hpp"

namespace copra::composed {

namespace {

/// The lesser one as `std::min` has it: the first unless the second is less, so that a comparison
/// with NaN keeps the first.
at::Tensor smaller(const at::Tensor &first, const at::Tensor &second) {
  return at::where(second < first, second, first);
}

at::Tensor larger(const at::Tensor &first, const at::Tensor &second) {
  return at::where(first < second, second, first);
}

/// Which of the boxes [N, 4] overlap which others by more than the threshold: [R, N], of R boxes
/// from `start` on.
at::Tensor exceeding(const at::Tensor &boxes, int64_t start, int64_t end, double threshold) {
  const auto corner = [&](int64_t index) { return boxes.select(1, index); };
  const auto ofRows = [&](int64_t index) { return corner(index).slice(0, start, end).unsqueeze(1); };
  const auto areas = (corner(2) - corner(0)) * (corner(3) - corner(1));
  const auto zero = at::zeros({}, boxes.options());
  const auto width = larger(zero, smaller(ofRows(2), corner(2)) - larger(ofRows(0), corner(0)));
  const auto height = larger(zero, smaller(ofRows(3), corner(3)) - larger(ofRows(1), corner(1)));
  const auto shared = width * height;
  const auto overlap = shared / (areas.slice(0, start, end).unsqueeze(1) + areas - shared);
  return boxes.scalar_type() == at::kDouble ? overlap > atMost<double>(threshold)
                                            : overlap > static_cast<double>(atMost<float>(threshold));
}

/// For boxes in their order the earlier ones, by rows, that would suppress them: bool [N, N].
at::Tensor suppressing(const at::Tensor &boxes, const at::Tensor &classes, double threshold) {
  // Some tens of megabytes for each number of the rows' pairs.
  constexpr int64_t mostPairs = 1 << 24;
  const auto count = boxes.size(0);
  const auto step = std::max<int64_t>(1, mostPairs / std::max<int64_t>(1, count));
  std::vector<at::Tensor> rows;
  for (int64_t start = 0; start < count; start += step) {
    const auto end = std::min(start + step, count);
    auto exceeds = exceeding(boxes, start, end, threshold);
    if (classes.defined()) {
      exceeds = exceeds & (classes.slice(0, start, end).unsqueeze(1) == classes);
    }
    rows.push_back(exceeds.triu(start + 1));
  }
  return at::cat(rows);
}

/// Which of the boxes stay, in an order in which the earlier suppress the later: bool [N].
///
/// A box stays if none that stays and is before it suppresses it. Applied to all boxes at once, the
/// rule has one fixed point: after n times at least the first n boxes are as they will be, and after
/// as many times as the longest chain of suppressions all are.
at::Tensor staying(const at::Tensor &boxes, const at::Tensor &classes, double threshold) {
  const auto pairs = suppressing(boxes, classes, threshold);
  auto stays = at::ones({boxes.size(0)}, boxes.options().dtype(at::kBool));
  while (true) {
    const auto next = (pairs & stays.unsqueeze(1)).any(0).logical_not();
    if (at::equal(next, stays)) return stays;
    stays = next;
  }
}

at::Tensor wide(const at::Tensor &tensor) {
  return tensor.detach().to(arithmeticType(tensor));
}

at::Tensor fromHighest(const at::Tensor &scores) {
  return std::get<1>(at::sort(scores, c10::optional<bool>(true), /*dim=*/0, /*descending=*/true));
}

}  // namespace

at::Tensor suppressed(const at::Tensor &boxes, const at::Tensor &scores, double threshold) {
  const auto order = fromHighest(wide(scores));
  if (order.numel() == 0) return order;
  return order.masked_select(staying(wide(boxes).index_select(0, order), {}, threshold));
}

at::Tensor suppressedByClass(const at::Tensor &boxes, const at::Tensor &scores,
                             const at::Tensor &classes, double threshold) {
  const auto values = wide(scores);
  const auto order = fromHighest(values);
  if (order.numel() == 0) return order;
  const auto kept = order.masked_select(staying(
      wide(boxes).index_select(0, order), classes.detach().index_select(0, order), threshold));
  const auto indices = std::get<0>(at::sort(kept));
  // The sort that is not stable, as torchvision has it here.
  return indices.index_select(
      0, std::get<1>(at::sort(values.index_select(0, indices), 0, /*descending=*/true)));
}

}  // namespace copra::composed
