/// QR026: training images of a single class.
struct SingleClass: ReportedWarning {
  let code = "QR026"
  let reportedAs = "single-class"
  let title = "data of one class"
  let what = """
    All training images belong to one class, so a model has nothing to tell apart.
    """
  let why = """
    The accuracy is 100% without any training as far as other images have that class too; it says nothing.
    """
  let remedy = """
    Add images of at least one other class: a class folder for each, or more images of the embedded data set.
    """
  let example = """
    ```swift
    let data = loadData(.synthetic(train: 1, test: 10))
    showAugmentations(data)
    ```
    """
  let instead = """
    ```swift
    let data = loadData(.synthetic(train: 100, test: 10))
    showAugmentations(data)
    ```
    """
}
