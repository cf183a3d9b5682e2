// The names are those of the C header.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import CCopra
import Files
import Glibc

/// The version's text, which is never freed, since callers may keep it.
private nonisolated(unsafe) let version = Version.text.withCString { strdup($0) }

/// Returns the version, for example "1.2.3", which is never freed.
@c @implementation
public func copra_version() -> UnsafePointer<CChar>? { UnsafePointer(version) }
