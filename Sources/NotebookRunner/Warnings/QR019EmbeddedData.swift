/// QR019: a missing data set, replaced by the embedded one.
struct EmbeddedData: ReportedWarning {
  let code = "QR019"
  let reportedAs = "embedded-data"
  let title = "missing data set"
  let what = """
    Quire does not find the data set and uses the small embedded data set instead.
    """
  let why = """
    The results in the report say nothing about the data set that the notebook names.
    """
  let remedy = """
    Download the data set, for example with 'quire data fetch cifar10', or point --data at its folder.
    """
  let example = """
    ```swift
    let data = loadData(.cifar10)
    showAugmentations(data)
    ```
    """
  let instead = """
    ```swift
    let data = loadData(.synthetic())
    showAugmentations(data)
    ```
    """
}
