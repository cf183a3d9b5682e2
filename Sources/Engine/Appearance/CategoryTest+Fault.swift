import COCO

extension CategoryTest {
  private static let fewest = 30
  private static let surelyShuffled = 100

  /// Why categories are certainly wrong.
  var fault: String? { told.count >= Self.surelyShuffled ? (shuffled ?? noisy) : noisy }

  /// Why they may be.
  var doubt: String? { told.count < Self.surelyShuffled ? shuffled : nil }

  private var shuffled: String? {
    guard told.count >= Self.fewest, certaintyOfLooks < 2.5, certaintyOfPictures < 3 else {
      return nil
    }
    return
      "categories do not fit what the pictures show: \(told.percent) of the objects are told by "
      + "what they look like, of which chance makes \((chance.mean * 100).brief(0)) %, and objects of "
      + "one picture are no more alike than others; they may be shuffled"
  }

  private var noisy: String? {
    if certaintyOfLooks > 5, clearest.count >= 15, clearest.mean > 0.55, clearest.atMost < 0.95,
      let rankOfGiven, rankOfGiven.atMost < 0.75
    {
      let wrong = ((1 - clearest.mean) * 100).brief(0)
      return
        "about \(wrong) % of the categories are wrong: of the objects that are clearest so many "
        + "look like another category, and have any other one"
    }
    return nil
  }

  var untold: [String] {
    clearest.mean < 0.9 && fault == nil && doubt == nil
      ? ["whether some categories are wrong: too few objects of each look alike"] : []
  }
}
