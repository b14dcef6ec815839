#!/usr/bin/env python3
"""Tests of scripts/layers on small packages: a circle is found and named, and there are no false alarms."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(SCRIPTS))
sys.dont_write_bytecode = True
from layering import graph, swift  # noqa: E402

MANIFEST = """
let package = Package(
  name: "houses",
  targets: [
    // One target ("Roof") and its dependency.
    .target(name: "Walls"),
    .target(name: "Roof", dependencies: ["Walls", .product(name: "Yams", package: "Yams")]),
    .testTarget(name: "RoofTests", dependencies: ["Roof"]),
  ])
"""


class Layers(unittest.TestCase):
    def layers(self, files, *arguments, page=None):
        """The exit status, output and errors of scripts/layers on a package of these files."""
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            for name, text in {"Package.swift": MANIFEST, **files}.items():
                path = root / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            if page is not None:
                (root / "docs").mkdir()
                (root / "docs" / "architecture.md").write_text(page)
            done = subprocess.run(
                [sys.executable, str(SCRIPTS / "layers"), "--root", folder, *arguments],
                capture_output=True, text=True, check=False)
            written = (root / "docs" / "architecture.md").read_text() if page is not None else None
            return done.returncode, done.stdout, done.stderr, written

    def test_layers_are_drawn_with_their_numbers(self):
        status, out, errors, _ = self.layers({
            "Sources/Walls/Bricks/Brick.swift": "public struct Brick { public var weight = 2.0 }\n",
            "Sources/Walls/Wall.swift": "public struct Wall { var bricks: [Brick] = [Brick()] }\n",
            "Sources/Roof/Tile.swift": "import Walls\nstruct Tile { let wall: Wall; let brick: Brick }\n",
        })
        self.assertEqual((status, errors), (0, ""))
        self.assertEqual(out, "Roof → Walls 2\nWalls\n  (top) → Bricks 2\n  Bricks\n")

    def test_a_circle_of_folders_fails_and_names_references(self):
        status, _, errors, _ = self.layers({
            "Sources/Walls/Bricks/Brick.swift": "struct Brick {\n  var wall: Wall?\n}\n",
            "Sources/Walls/Whole/Wall.swift": "class Wall { var first: Brick? }\n",
        })
        self.assertEqual(status, 1)
        self.assertIn("Walls: the folders Bricks, Whole form a circle", errors)
        self.assertIn("Sources/Walls/Bricks/Brick.swift:2 → Wall (Sources/Walls/Whole/Wall.swift:1)", errors)
        self.assertIn("Sources/Walls/Whole/Wall.swift:1 → Brick (Sources/Walls/Bricks/Brick.swift:1)", errors)

    def test_a_circle_through_an_extension_is_found(self):
        status, _, errors, _ = self.layers({
            "Sources/Walls/Bricks/Brick.swift": "struct Brick { func lay() { polish() } }\n",
            "Sources/Walls/Finish/Polish.swift": "extension Brick { func polish() {} }\n",
        })
        self.assertEqual(status, 1)
        self.assertIn("Brick.polish", errors)

    def test_a_circle_of_targets_fails(self):
        status, _, errors, _ = self.layers({
            "Sources/Walls/Wall.swift": "import Roof\npublic struct Wall { var tile: Tile }\n",
            "Sources/Roof/Tile.swift": "import Walls\npublic struct Tile { var wall: Wall }\n",
        })
        self.assertEqual(status, 1)
        self.assertIn("the targets Roof, Walls form a circle", errors)

    def test_words_strings_and_local_names_are_no_references(self):
        status, _, errors, _ = self.layers({
            "Sources/Walls/Bricks/Brick.swift": '''
                // A Wall is made of these; /* Wall */
                struct Brick<Mortar> {
                  let text = "Wall", more = #"a "Wall""#
                  let page = """
                    Wall "quoted"
                    """
                  func lay(_ plaster: Int, on mortar: Mortar) -> Int { plaster + [1].map { lime in lime }[0] }
                  private func wash() {}
                  func clean() { self.wash() }
                }
                ''',
            "Sources/Walls/Whole/Wall.swift": '''
                struct Wall { var brick: Brick<Int> }
                struct Mortar {}
                func plaster() {}
                let lime = 1
                extension Wall { func wash() {} }
                ''',
        })
        self.assertEqual((status, errors), (0, ""))

    def test_the_page_is_brought_up_to_date(self):
        files = {
            "Sources/Walls/Wall.swift": "public struct Wall {}\n",
            "Sources/Roof/Tile.swift": "import Walls\nstruct Tile { let wall: Wall }\n",
        }
        page = "# House\n\n<!-- scripts/layers: begin -->\nold\n<!-- scripts/layers: end -->\n\nThe end.\n"
        status, _, errors, _ = self.layers(files, "--check-docs", page=page)
        self.assertEqual(status, 1)
        self.assertIn("out of date", errors)
        status, _, _, written = self.layers(files, "--write-docs", page=page)
        self.assertEqual(status, 0)
        self.assertIn("Roof  → Walls\nWalls\n", written)
        self.assertTrue(written.startswith("# House\n") and written.endswith("\nThe end.\n"))
        status, _, errors, _ = self.layers(files, "--check-docs", page=written)
        self.assertEqual((status, errors), (0, ""))


class Reading(unittest.TestCase):
    def test_code_in_strings_is_read(self):
        text = 'let a = "x \\(Brick("y \\(Wall.z) Roof")) Tile"\nlet b = #"\\(Mortar) \\#(Lime)"#\n'
        names = {use.name for use in swift.read("a.swift", text).uses}
        self.assertEqual(names, {"Brick", "Wall", "z", "Lime"})

    def test_declarations_have_their_owners(self):
        text = """
            public enum Colour { case red(Paint), blue; private let hue = 1 }
            extension Colour { struct Mixer { func mix(_ other: Colour) -> Colour { let own = other; return own } } }
            func paint<Surface: Paintable>(_ surface: Surface) {}
            """
        found = {d.full_name: (d.kind, d.is_private) for d in swift.read("a.swift", text).declarations}
        self.assertEqual(found, {
            "Colour": ("type", False), "Colour.red": ("case", False), "Colour.blue": ("case", False),
            "Colour.hue": ("member", True), "Colour.Mixer": ("type", False), "Mixer.mix": ("member", False),
            "paint": ("member", False),
        })


class Graphs(unittest.TestCase):
    def test_circles_levels_and_direct_arrows(self):
        arrows = {"a": {"b", "c"}, "b": {"c"}, "c": set(), "d": {"e"}, "e": {"d", "c"}}
        self.assertEqual(graph.circles(arrows), [{"d", "e"}])
        self.assertEqual(graph.levels(arrows), {"a": 2, "b": 1, "c": 0, "d": 1, "e": 1})
        self.assertEqual(graph.direct(arrows)["a"], {"b"})


if __name__ == "__main__":
    unittest.main()
