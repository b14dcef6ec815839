// Tasks, metrics, scores and epoch records are part of this library; Reporting shares them without depending on it.
@_exported import TrainingRecords
