import COCO
import Testing

@testable import Linting

struct PictureRulesTests {
  @Test(arguments: [
    ("fit the upright", Box(x: 50, y: 2, width: 12, height: 9)),
    ("fit the stored", Box(x: 2, y: 50, width: 9, height: 12)),
    ("gives the size of the upright", Box(x: 2, y: 2, width: 9, height: 9)),
  ])
  func `a box that fits one way only says how the picture was annotated`(
    _ expected: String, _ box: Box
  ) async throws {
    var set = Dataset.example(.object(1, 0, 0, 1, 1))
    set.annotations[0].box = box
    let subject = Subject([set], pictures: [[.example(orientation: 6)]])
    let findings = try await Linter([EXIFOrientation()]).lint(subject)
    #expect(findings.count == 1)
    #expect(findings.first?.message.contains(expected) == true)
  }

  @Test(arguments: [(2, 64, 48), (3, 64, 48), (6, 48, 48)])
  func `where both ways have one size nothing is concluded`(
    _ orientation: Int, _ width: Int, _ height: Int
  ) async throws {
    let set = Dataset.example(
      .object(1, 2, 2, 9, 9), images: [.example(width: width, height: height)])
    let picture = PictureFacts.example(width: width, height: height, orientation: orientation)
    let findings = try await Linter([EXIFOrientation()]).lint(Subject([set], pictures: [[picture]]))
    #expect(findings.first?.message.hasSuffix("cannot be told") == true)
  }

  @Test func `each further copy of a picture is reported, naming the first`() async throws {
    let set = Dataset.example(images: (1...4).map { .example($0, "\($0).jpg") })
    let pictures = [3, 5, 3, 3].enumerated().map {
      PictureFacts.example("\($0.offset + 1).jpg", hash: UInt64($0.element))
    }
    let findings = try await Linter([ExactDuplicateImage()])
      .lint(Subject([set], pictures: [pictures]))
    #expect(findings.map { $0.record?.index } == [2, 3])
    #expect(findings.allSatisfy { $0.message.contains("\"1.jpg\"") })
  }

  @Test func `broken downloads are not copies of one another`() async throws {
    let set = Dataset.example(images: [.example(1, "a.jpg"), .example(2, "b.jpg")])
    let pictures = ["a.jpg", "b.jpg"].map {
      PictureFacts.example($0, decoding: .corrupt("empty file"))
    }
    #expect(
      try await Linter([ExactDuplicateImage()]).lint(Subject([set], pictures: [pictures])).isEmpty)
  }

  @Test func `a file that two splits name is leakage`() async throws {
    let findings = try await leakage(train: ["1", "2", "3", "4"], val: ["4", "5", "6"])
    #expect(findings.map(\.rule) == ["split-leakage"])
    #expect(findings[0].record == RecordReference(.image, 0, dataset: 1))
    #expect(findings[0].severity == .error)
  }

  @Test func `two splits of one folder are one finding`() async throws {
    let findings = try await leakage(train: ["1", "2", "3", "4"], val: ["4", "3", "6"])
    #expect(findings.map(\.rule) == ["same-folder-splits"])
  }

  @Test func `what the whole shares with a split is one warning`() async throws {
    let findings = try await leakage(
      train: ["1", "2", "3", "4"], val: ["4", "3", "6"], remainders: [0])
    #expect(findings.map(\.rule) == ["split-leakage"])
    #expect(findings[0].severity == .warning)
    #expect(findings[0].message.hasPrefix("2 files of set 1 are in set 2 too"))
  }

  @Test func `what two splits share is reported beside the whole too`() async throws {
    let names = [["1", "2", "3"], ["1", "2"], ["3", "1"]]
    let sets = names.map { names in
      Dataset(images: zip(names, 1...).map { .example($1, "\($0).jpg") })
    }
    let pictures = names.enumerated().map { place, names in
      names.map { name in
        let number = UInt64(name) ?? 0
        return PictureFacts.example(
          "\(place)/\(name).jpg", hash: number, perceptualHash: number &* 0x9E37_79B9_7F4A_7C15)
      }
    }
    let findings = try await Linter([SplitLeakage()])
      .lint(Subject(sets, pictures: pictures, remainders: [0]))
    #expect(findings.count { $0.severity == .error } == 1)
    #expect(findings.count { $0.severity == .warning } == 2)
  }

  @Test func `two versions of one file leak nothing`() async throws {
    let findings = try await leakage(train: ["1", "2"], val: ["1", "2"], remainders: [0, 1])
    #expect(findings.isEmpty)
  }

  private func leakage(
    train: [String], val: [String], remainders: Set<Int> = []
  ) async throws -> [Finding] {
    let sets = [train, val].map { names in
      Dataset(images: zip(names, 1...).map { .example($1, "\($0).jpg") })
    }
    let pictures = [train, val].map { names in
      names.map { name in
        let number = UInt64(name) ?? 0
        // Odd and large, so that the hashes lie far from one another.
        return PictureFacts.example(
          "all/\(name).jpg", hash: number, perceptualHash: number &* 0x9E37_79B9_7F4A_7C15)
      }
    }
    return try await Linter([SplitLeakage(), SameFolderSplits()])
      .lint(Subject(sets, pictures: pictures, remainders: remainders))
  }

  @Test(arguments: [
    (PictureFacts.example(darkest: 0, brightest: 0, sharpness: 0, entropy: 0), "dark-image"),
    (.example(darkest: 255, brightest: 255, sharpness: 0, entropy: 0), "bright-image"),
    (.example(sharpness: 0, entropy: 0), "low-information-image"),
    (.example(sharpness: 0), "blurred-image"),
  ])
  func `a picture with nothing to see has one fault`(
    _ picture: PictureFacts, _ rule: String
  ) async throws {
    let rules: [any Rule] = [DarkImage(), BrightImage(), LowInformationImage(), BlurredImage()]
    let findings = try await Linter(rules).lint(Subject([.example()], pictures: [[picture]]))
    #expect(findings.map(\.rule) == [rule])
  }
}

struct NearestHashesTests {
  @Test(arguments: [0, 1, 4, 7, 63])
  func `the closest hash is the one that a search through all finds`(_ distance: Int) {
    var nearest = NearestHashes(distance: distance)
    var hashes: [UInt64] = []
    var state: UInt64 = 88_172_645_463_325_252
    for index in 0..<400 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      // Half of them lie near an earlier one.
      let flips = (0..<(index % 7)).reduce(UInt64(0)) { $0 | 1 << (state >> ($1 * 6) & 63) }
      let hash = index.isMultiple(of: 2) || hashes.isEmpty ? state : hashes[index / 3] ^ flips
      let expected = hashes.indices
        .map { (bits: (hashes[$0] ^ hash).nonzeroBitCount, index: $0) }
        .filter { $0.bits <= distance }.min { ($0.bits, $0.index) < ($1.bits, $1.index) }
      let found = nearest.closest(to: hash)
      #expect(found?.bits == expected?.bits)
      #expect(found?.name.index == expected?.index)
      nearest.insert(hash, as: PictureReference(set: 0, index: index))
      hashes.append(hash)
    }
  }

  @Test func `a picture of another split that looks the same is leakage of less weight`()
    async throws
  {
    let sets = [
      Dataset.example(images: [.example(1, "a.jpg")], split: "train"),
      .example(images: [.example(1, "b.jpg")], split: "val"),
    ]
    let pictures: [[PictureFacts?]] = [
      [.example("train/a.jpg", hash: 1, perceptualHash: 0xFF)],
      [.example("val/b.jpg", hash: 2, perceptualHash: 0xFE)],
    ]
    let findings = try await Linter([SplitLeakage()]).lint(Subject(sets, pictures: pictures))
    #expect(findings.map(\.severity) == [.warning])
  }

  @Test func `flat pictures are not taken for one another`() async throws {
    let set = Dataset.example(images: [.example(1, "a.jpg"), .example(2, "b.jpg")])
    let pictures = [1, 2].map { PictureFacts.example("\($0).jpg", hash: $0, entropy: 0.3) }
    let findings = try await Linter([NearDuplicateImage()])
      .lint(Subject([set], pictures: [pictures]))
    #expect(findings.isEmpty)
  }
}
