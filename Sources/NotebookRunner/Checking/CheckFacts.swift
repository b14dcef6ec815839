/// The results of a check as numbers, for programs: those of the lines that the terminal prints.
struct CheckFacts: Sendable {
  /// A folder of images.
  struct Data: Sendable, Hashable, Encodable {
    /// The line of the call, from 1.
    var line: Int
    var name: String
    /// The number of images of each split that the data has.
    var training: Int
    var validation: Int?
    var test: Int?
    /// The number of classes; `nil` without any.
    var classes: Int?
    /// The number of files and folders that are not in the data set.
    var skipped: Int
  }

  /// A training.
  struct Training: Sendable, Hashable, Encodable {
    /// The line of the call, from 1.
    var line: Int
    var model: String
    var parameters: Int
    /// The maximum number of epochs.
    var epochs: Int
    var batchesPerEpoch: Int
    /// The model's memory during the training, in bytes.
    var workingMemory: Int
    /// The memory of the data, in bytes.
    var dataMemory: Int
    /// The peak memory, in bytes.
    var memory: Int
    /// The size of the files that it writes, in bytes.
    var disk: Int
  }

  var data: [Data] = []
  var trainings: [Training] = []
}
