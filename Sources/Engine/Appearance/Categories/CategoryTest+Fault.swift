import COCO

extension CategoryTest {
  private static let fewest = 30
  private static let surelyShuffled = 100
  /// The least gain over chance that counts, since for thousands of objects any gain is certain.
  private static let leastGain = 0.05

  /// The reason why categories are certainly wrong; nil if they are not.
  var fault: String? { guessed.count >= Self.surelyShuffled ? (shuffled ?? noisy) : noisy }

  /// The reason why categories may be wrong; nil if there is none.
  var doubt: String? { guessed.count < Self.surelyShuffled ? shuffled : nil }

  private var shuffled: String? {
    let isChance = certaintyOfLooks < 2.5 || guessed.mean - chance.mean < Self.leastGain
    guard guessed.count >= Self.fewest, isChance, certaintyOfPictures < 3 else {
      return nil
    }
    return
      "categories do not fit what the images show: from appearance, \(guessed.percent) are guessed "
      + "correctly, by chance \((chance.mean * 100).brief(0)) %, and objects of one image share their "
      + "category no more often than others; the categories may be shuffled"
  }

  private var noisy: String? {
    guard isTelling, clearest.atMost < 0.95, let rankOfGiven, rankOfGiven.atMost < 0.75 else {
      return nil
    }
    let wrong = ((1 - clearest.mean) * 100).brief(0)
    return
      "about \(wrong) % of the categories are wrong: so many of the objects whose category is "
      + "clearest look like another one, and which one they have seems drawn at random"
  }

  /// Whether an object's looks indicate its category well enough to contradict its label.
  var isTelling: Bool { certaintyOfLooks > 5 && clearest.count >= 15 && clearest.mean > 0.55 }

  /// The questions that these objects leave open.
  var untold: [String] {
    clearest.mean < 0.9 && fault == nil && doubt == nil
      ? ["whether some categories are wrong: too few objects of each look alike"] : []
  }
}
