import Testing

@testable import COCO

@Suite("Shards")
struct ShardTests {
  @Test(arguments: ["1/1", "3/8", "64/64"])
  func `k/n names a shard`(text: String) throws {
    let shard = try #require(Shard(text))
    #expect("\(shard)" == text)
  }

  @Test(
    arguments: ["", "3", "0/4", "5/4", "-1/4", "1/0", "1/4/2", "a/b", "1/ 4", "1/99999999999"])
  func `what names no shard is none`(text: String) {
    #expect(Shard(text) == nil)
  }

  /// The shards of 2, 7, 64 and 1000, worked out by another program after the same description.
  @Test(
    arguments: [
      ("1", [1, 4, 32, 486]), ("42", [2, 4, 33, 505]), ("-7", [2, 6, 51, 795]),
      ("images/a.jpg", [1, 1, 3, 42]),
    ])
  func `a key is in the same shard everywhere`(key: String, numbers: [Int]) {
    for (count, number) in zip([2, 7, 64, 1000], numbers) {
      #expect(Shard(number: number, of: count)?.contains(key) == true)
    }
  }

  @Test(arguments: [0, 1, 42, -7, Int.max, Int.min])
  func `an id is hashed as its digits are`(id: Int) {
    #expect(PictureHash.hash(id) == PictureHash.hash("\(id)"))
  }

  @Test(arguments: [1, 2, 7, 64])
  func `every picture is in just one shard`(count: Int) {
    let shards = (1...count).compactMap { Shard(number: $0, of: count) }
    for id in 0..<500 { #expect(shards.count { $0.contains(imageID: id) } == 1) }
  }

  @Test func `the shards 1/4 and 2/4 together are 1/2`() {
    let (half, first, second) = (Shard("1/2"), Shard("1/4"), Shard("2/4"))
    for id in 0..<500 {
      let isInQuarters =
        first?.contains(imageID: id) == true || second?.contains(imageID: id) == true
      #expect(half?.contains(imageID: id) == isInQuarters)
    }
  }

  private func made(_ names: String) -> ShardCover? {
    ShardCover(names.split(separator: " ").compactMap { Shard(String($0)) })
  }

  @Test(
    arguments: [
      ("1/4 2/4 4/4", "3/4"), ("1/2", "2/2"), ("1/2 3/4", "4/4"),
      ("2/7 5/7", "1/7 3/7 4/7 6/7 7/7"),
      ("1/2 2/2", ""), ("1/4 2/4 2/2", ""), ("1/1", ""), ("2/6 3/6 4/6 5/6 6/6", "1/6"),
    ])
  func `what is missing is named by the coarsest division that names it`(
    names: String, expected: String
  ) throws {
    let cover = try #require(made(names))
    #expect(cover.missing.map(\.description).joined(separator: " ") == expected)
  }

  @Test(
    arguments: ["1/2 1/4", "1/2 1/2", "1/1 3/7", "1/3 2/5"])
  func `shards that share pictures overlap`(names: String) {
    #expect(made(names) == nil)
  }

  @Test func `an overlap names both shards`() throws {
    let other = try #require(made("2/2"))
    let overlap = try #require(made("1/4 3/4")?.overlap(with: other))
    #expect("\(overlap.own) \(overlap.other)" == "3/4 2/2")
  }
}
