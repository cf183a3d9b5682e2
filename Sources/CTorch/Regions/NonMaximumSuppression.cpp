#include <cmath>
#include <map>
#include <numeric>

#include "Composed.hpp"
#include "Limits.hpp"

using namespace copra;

namespace {

void check(const at::Tensor &boxes, const at::Tensor &scores) {
  TORCH_CHECK(boxes.dim() == 2 && boxes.size(1) == 4, "expected boxes [N, 4], found ",
              boxes.sizes());
  TORCH_CHECK(scores.dim() == 1 && scores.size(0) == boxes.size(0), "expected ", boxes.size(0),
              " scores, found ", scores.sizes());
}

/// Boxes [N, 4] by their corners, and the indices of all from the highest score on.
struct ScoredBoxes {
  at::Tensor boxes;
  /// [N]
  at::Tensor scores;
  /// Equal scores keep their order; NaN comes first.
  std::vector<int64_t> order;

  ScoredBoxes(const at::Tensor &givenBoxes, const at::Tensor &givenScores) {
    boxes = onProcessor(givenBoxes, arithmeticType(givenBoxes));
    scores = onProcessor(givenScores, arithmeticType(givenScores));
    const auto sorted =
        std::get<1>(at::sort(scores, c10::optional<bool>(true), /*dim=*/0, /*descending=*/true));
    const auto *indices = sorted.data_ptr<int64_t>();
    order.assign(indices, indices + sorted.numel());
  }
};

/// Corners and areas of boxes, each in a row of its own for the compiler's vector instructions.
template <typename T>
struct Corners {
  std::vector<T> x0, y0, x1, y1, area;

  Corners(const T *boxes, const std::vector<int64_t> &order) {
    for (const auto index : order) {
      const T *box = boxes + index * 4;
      x0.push_back(box[0]);
      y0.push_back(box[1]);
      x1.push_back(box[2]);
      y1.push_back(box[3]);
      area.push_back((box[2] - box[0]) * (box[3] - box[1]));
    }
  }

  /// The order of arguments decides what NaN does: a comparison with it is false.
  T overlap(size_t box, size_t other) const {
    const T width = std::max(T(0), std::min(x1[box], x1[other]) - std::max(x0[box], x0[other]));
    const T height = std::max(T(0), std::min(y1[box], y1[other]) - std::max(y0[box], y0[other]));
    const T shared = width * height;
    return shared / (area[box] + area[other] - shared);
  }
};

/// Marks which of the boxes stay: those that overlap none that stays before them by more than the
/// threshold.
template <typename T>
void suppress(const T *boxes, const std::vector<int64_t> &order, double threshold,
              std::vector<bool> &stays) {
  const Corners<T> corners(boxes, order);
  const T limit = atMost<T>(threshold);
  std::vector<uint8_t> suppressed(order.size(), 0);
  for (size_t box = 0; box < order.size(); box++) {
    if (suppressed[box]) continue;
    stays[static_cast<size_t>(order[box])] = true;
    for (auto other = box + 1; other < order.size(); other++) {
      suppressed[other] |= static_cast<uint8_t>(corners.overlap(box, other) > limit);
    }
  }
}

/// Which boxes stay if each group of a division of the order suppresses within itself.
std::vector<bool> staying(const ScoredBoxes &scored,
                          const std::vector<std::vector<int64_t>> &groups, double threshold) {
  std::vector<bool> stays(scored.order.size(), false);
  for (const auto &group : groups) {
    scored.boxes.scalar_type() == at::kDouble
        ? suppress(scored.boxes.data_ptr<double>(), group, threshold, stays)
        : suppress(scored.boxes.data_ptr<float>(), group, threshold, stays);
  }
  return stays;
}

/// Those of some indices that stay, in the indices' order.
at::Tensor kept(const std::vector<int64_t> &indices, const std::vector<bool> &stays) {
  std::vector<int64_t> kept;
  for (const auto index : indices) {
    if (stays[static_cast<size_t>(index)]) kept.push_back(index);
  }
  return at::tensor(kept, at::kLong);
}

/// The indices of the boxes that stay among all, from the highest score on.
at::Tensor suppressed(const ScoredBoxes &scored, double threshold) {
  return kept(scored.order, staying(scored, {scored.order}, threshold));
}

/// The order of all, divided by their classes.
std::vector<std::vector<int64_t>> byClass(const std::vector<int64_t> &order,
                                          const at::Tensor &classes) {
  const auto given = onProcessor(classes, at::kLong);
  const auto *numbers = given.data_ptr<int64_t>();
  std::map<int64_t, std::vector<int64_t>> groups;
  for (const auto index : order) groups[numbers[index]].push_back(index);
  std::vector<std::vector<int64_t>> divided;
  for (auto &group : groups) divided.push_back(std::move(group.second));
  return divided;
}

/// The indices of the boxes that stay among those of their class, from the highest score on.
at::Tensor suppressedByClass(const ScoredBoxes &scored, const at::Tensor &classes,
                             double threshold) {
  const auto stays = staying(scored, byClass(scored.order, classes), threshold);
  std::vector<int64_t> ascending(scored.order.size());
  std::iota(ascending.begin(), ascending.end(), 0);
  const auto indices = kept(ascending, stays);
  // The sort that is not stable, as torchvision has it here: equal scores come in its order.
  return indices.index_select(
      0, std::get<1>(at::sort(scored.scores.index_select(0, indices), 0, /*descending=*/true)));
}

/// Up to so many boxes torchvision moves each class to a place of its own instead of going class
/// by class. Both round differently, and who compares wants the same boxes.
constexpr int64_t mostMovedBoxes = 1000;

/// The boxes moved so that those of different classes do not meet.
at::Tensor apart(const at::Tensor &boxes, const at::Tensor &classes) {
  const auto step = boxes.max() + at::ones({}, boxes.options());
  return boxes + (classes.to(boxes.options()) * step).unsqueeze(1);
}

}  // namespace

ct_tensor *ct_nms(const ct_tensor *boxes, const ct_tensor *scores, double threshold,
                  bool composed) {
  return tensorOf([&] {
    check(boxes->value, scores->value);
    return composed || !boxes->value.is_cpu()
               ? composed::suppressed(boxes->value, scores->value, threshold)
               : suppressed(ScoredBoxes(boxes->value, scores->value), threshold);
  });
}

ct_tensor *ct_batched_nms(const ct_tensor *boxes, const ct_tensor *scores,
                          const ct_tensor *classes, double threshold, bool composed) {
  return tensorOf([&] {
    check(boxes->value, scores->value);
    const auto count = boxes->value.size(0);
    TORCH_CHECK(classes->value.dim() == 1 && classes->value.size(0) == count, "expected ", count,
                " classes, found ", classes->value.sizes());
    const bool isByClass = count > mostMovedBoxes;
    auto corners = boxes->value.detach().to(arithmeticType(boxes->value));
    if (!isByClass && count > 0) corners = apart(corners, classes->value.detach());
    if (composed || !corners.is_cpu()) {
      return isByClass ? composed::suppressedByClass(corners, scores->value, classes->value,
                                                     threshold)
                       : composed::suppressed(corners, scores->value, threshold);
    }
    const ScoredBoxes scored(corners, scores->value);
    return isByClass ? suppressedByClass(scored, classes->value, threshold)
                     : suppressed(scored, threshold);
  });
}
