/// QR019: a missing data set, replaced by the embedded one.
struct EmbeddedData: ReportedWarning {
  let code = "QR019"
  let reportedAs = "embedded-data"
  let title = "a data set that is not there"
  let what = """
    The data set was not found, and the small embedded one will stand in for it.
    """
  let why = """
    Whatever the report says then, it does not say it of the data set that the notebook names.
    """
  let remedy = """
    Get it with 'quire data fetch cifar10', or point --data at the folder that has it.
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
