import COCO
import Files
import Glibc

// Loads a COCO file and says what it holds: what `copra` does before anything else, as a process of
// its own, to be measured against other libraries' loading.
guard CommandLine.arguments.count == 2 else {
  print("usage: LoadCOCO FILE.json")
  exit(2)
}
let file = try InputFile(CommandLine.arguments[1])
let tasks = OrderedTasks(threads: sysconf(Int32(_SC_NPROCESSORS_ONLN)))
let contents = try await COCOReader(tasks: tasks).read(file, source: 0)
print("\(contents.dataset.images.count) images, \(contents.dataset.annotations.count) annotations")
// Nothing is freed, as in the command.
exit(0)
