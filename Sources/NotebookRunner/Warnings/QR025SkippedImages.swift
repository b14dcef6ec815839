/// QR025: files of an image folder that are not read but may be images.
struct SkippedImages: ReportedWarning {
  let code = "QR025"
  let reportedAs = "skipped-images"
  let title = "skipped images"
  let what = """
    The folder contains images that are not in the data set: not PNG or JPEG, outside class folders or not readable.
    """
  let why = """
    A class may have fewer images than its folder, and the results in the report do not cover the skipped ones.
    """
  let remedy = """
    Convert the images to PNG or JPEG and move them into class folders, or move them out of the data set.
    """
  let example = """
    ```swift
    let data = loadData(.imageFolder("flowers"))
    showAugmentations(data)
    ```
    """
  let instead = """
    ```swift
    let data = loadData(.imageFolder("flowers-png"))
    showAugmentations(data)
    ```
    """
}
