import Documents
import Steps

extension RunSettings {
  init(_ options: RunOptions, _ document: Document, _ folder: RunFolder) {
    self.init(
      seed: options.seed ?? document.frontMatter.seed ?? 0,
      threads: options.threads ?? RunOptions.allThreads,
      precision: options.precision, output: folder.directory, dataDirectory: options.data,
      workingDirectory: options.directory, checkpointEvery: options.checkpointEvery,
      memoryLimit: options.memoryLimit)
  }
}
