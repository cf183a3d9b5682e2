import COCO

/// The dataset card, `README.md`, whose head defines the folders of the splits and the columns
/// (huggingface.co/docs/hub/datasets-manual-configuration).
struct HuggingFaceCard {
  /// The folders of the splits, which are called as these.
  let folders: [String]
  /// The classes' names by number.
  let names: [String]

  /// Whether the validation part is also named as the test part, for transformers' example, which
  /// looks for one.
  var repeatsValidation: Bool { folders.contains("validation") && !folders.contains("test") }

  /// The card.
  var text: [UInt8] {
    var output = TextOutput()
    output.raw("---\nconfigs:\n- config_name: default\n  data_files:\n")
    for folder in folders { append(split: folder, in: folder, to: &output) }
    if repeatsValidation {
      output.raw("  # There is no test split: these are the images of the validation split.\n")
      append(split: "test", in: "validation", to: &output)
    }
    output.raw(
      """
        features:
        - name: image
          dtype: image
        - name: image_id
          dtype: int64
        - name: width
          dtype: int64
        - name: height
          dtype: int64
        - name: objects
          struct:
          - name: id
            list: int64
          - name: area
            list: float64
          - name: bbox
            list:
              list: float64
              length: 4
          - name: iscrowd
            list: int64
          - name: category
            list:
              class_label:
                names:

      """)
    for (number, name) in names.enumerated() {
      output.raw("            '")
      output.append(number)
      output.raw("': ")
      output.append(yaml: name)
      output.raw("\n")
    }
    output.raw("---\n")
    return output.bytes
  }

  private func append(split: String, in folder: String, to output: inout TextOutput) {
    output.raw("  - split: ")
    output.append(yaml: split)
    output.raw("\n    path: ")
    output.append(yaml: "\(folder)/**")
    output.raw("\n")
  }
}
