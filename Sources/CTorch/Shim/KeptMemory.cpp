// Memory that tensors give back and others take, without the system in between.

#include <c10/core/CPUAllocator.h>
#include <c10/core/impl/alloc_cpu.h>
#include <sys/mman.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <algorithm>
#include <cstring>
#include <map>
#include <mutex>

#include "Guard.hpp"

namespace {

/// What stands before the numbers of a tensor.
struct alignas(64) Block {
  /// Of all of it in the system's memory; 0 of a small one, which is malloc's.
  const size_t size;
  /// Where the system's memory begins.
  void *const start;

  void *numbers() { return this + 1; }
  static Block *of(void *numbers) { return static_cast<Block *>(numbers) - 1; }
};

/// Memory for the large tensors. What one gives back the next of about its size takes: the system
/// hands out pages of zeros, which takes as long as much of the work on them.
///
/// malloc could keep it too, but where sizes differ from picture to picture it takes twice as much
/// for the same, since every small piece between two large ones keeps them from becoming one.
class Store {
 public:
  /// How far behind the beginning of a block its numbers may begin.
  static constexpr size_t mostShift = size_t(1) << 16;

  Block *take(size_t size) {
    const std::lock_guard<std::mutex> lock(mutex);
    // What is hardly larger is the next best to what fits.
    const auto fitting = free.lower_bound(size);
    if (fitting != free.end() && fitting->first <= size + size / 4) {
      const auto block = fitting->second;
      free.erase(fitting);
      freeBytes -= block->size;
      return use(block);
    }
    shrink(size);
    auto *block = map(size);
    if (!block) {
      shrink(SIZE_MAX);
      block = map(size);
    }
    return block ? use(block) : nullptr;
  }

  void giveBack(Block *block) {
    const std::lock_guard<std::mutex> lock(mutex);
    usedBytes -= block->size;
    freeBytes += block->size;
    free.emplace(block->size, block);
  }

  /// Gives all that is free to the system.
  void giveUp() {
    const std::lock_guard<std::mutex> lock(mutex);
    shrink(SIZE_MAX);
  }

 private:
  std::mutex mutex{};
  /// By their sizes.
  std::multimap<size_t, Block *> free{};
  size_t usedBytes = 0, freeBytes = 0, mostUsedBytes = 0, shift = 0;

  Block *use(Block *block) {
    usedBytes += block->size;
    mostUsedBytes = std::max(mostUsedBytes, usedBytes);
    return block;
  }

  /// Gives memory that is free to the system until `size` more is little above what was in use at
  /// a time anyway.
  void shrink(size_t size) {
    constexpr size_t slack = size_t(64) << 20;
    const auto most = mostUsedBytes + mostUsedBytes / 8 + slack;
    while (!free.empty() && (size > most || usedBytes + freeBytes + size > most)) {
      const auto largest = std::prev(free.end());
      freeBytes -= largest->first;
      munmap(largest->second->start, largest->first);
      free.erase(largest);
    }
  }

  Block *map(size_t size) {
    constexpr size_t page = size_t(2) << 20;
    // Begins where a large page does.
    const auto whole = size + page;
    auto *start = static_cast<char *>(
        mmap(nullptr, whole, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    if (start == MAP_FAILED) return nullptr;
    const auto before = (page - reinterpret_cast<uintptr_t>(start) % page) % page;
    if (before > 0) munmap(start, before);
    munmap(start + before + size, page - before);
#ifdef MADV_HUGEPAGE
    madvise(start + before, size, MADV_HUGEPAGE);
#endif
    // Pages are the same for the cache: numbers of several tensors at the same place of one would
    // drive each other out.
    shift = (shift + 17 * sizeof(Block)) % mostShift;
    return new (start + before + shift) Block{size, start + before};
  }
};

/// Never destroyed: tensors may outlive everything else.
Store &store() {
  static auto &store = *new Store();
  return store;
}

/// Memory for libtorch and, through it, for oneDNN.
class Allocator final : public c10::Allocator {
 public:
  // libtorch declares this with const in some versions and without in others.
  c10::DataPtr allocate(size_t size) const { return made(size); }
  c10::DataPtr allocate(size_t size) { return made(size); }
  c10::DeleterFnPtr raw_deleter() const { return giveBack; }
  // Asked of an allocator by later versions.
  void copy_data(void *target, const void *source, size_t count) const {
    std::memcpy(target, source, count);
  }

 private:
  static c10::DataPtr made(size_t size) {
    constexpr size_t leastKept = size_t(1) << 20, granule = 1 << 16;
    void *numbers = nullptr;
    if (size >= leastKept) {
      const auto whole = (size + Store::mostShift + granule - 1) / granule * granule;
      auto *block = whole < size ? nullptr : store().take(whole);
      TORCH_CHECK(block, "cannot allocate memory for a tensor of ", size, " bytes");
      numbers = block->numbers();
    } else if (size > 0) {
      numbers = (new (c10::alloc_cpu(size + sizeof(Block))) Block{0, nullptr})->numbers();
    }
    return {numbers, numbers, giveBack, c10::Device(c10::kCPU)};
  }

  static void giveBack(void *numbers) {
    if (!numbers) return;
    auto *block = Block::of(numbers);
    block->size > 0 ? store().giveBack(block) : c10::free_cpu(block);
  }
};

}  // namespace

void ct_keep_memory(void) {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  // The other arenas, one for each thread, have heaps of 64 MB that go back when they are empty.
  mallopt(M_ARENA_MAX, 1);
#endif
  static Allocator allocator;
  c10::SetCPUAllocator(&allocator, 1);
}

void ct_return_memory(void) {
  store().giveUp();
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}
