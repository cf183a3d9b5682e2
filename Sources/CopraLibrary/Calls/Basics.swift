// The names are those of the C header.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import CCopra
import Files
import Glibc

/// Never freed, as its callers may keep it.
private nonisolated(unsafe) let version = Version.text.withCString { strdup($0) }

@c @implementation
public func copra_version() -> UnsafePointer<CChar>? { UnsafePointer(version) }
