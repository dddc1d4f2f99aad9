import VigilCore
import Yams

/// Turns YAML into the tree that configuration and registry are read from; whatever YAML offers beyond maps, lists and words is a fault.
///
/// Words stay as they were written (`Setting.Value.plain`): no reading of `on`, `007` or `12:30` as something else, because who asks
/// for a value knows what it must be.
struct YAMLSettings {
    private let file: String
    private let faults: FaultList
    private let shadowed: [Unicode.Scalar: String]

    static let depthLimit = 32

    /// - Returns: nil where the text is no YAML at all; the faults say why. An empty file reads as an empty map.
    static func parse(_ bytes: [UInt8], file: String, faults: FaultList) -> Setting? {
        guard let text = YAMLText(bytes, file: file, faults: faults) else { return nil }
        var parser = DuplicateTolerantParser(text: text)
        do throws(SettingFault) {
            guard let root = try parser.parse() else {
                return Setting(.map([]), mark: Setting.Mark(file: file, line: 1, column: 1))
            }
            let settings = YAMLSettings(file: file, faults: faults, shadowed: parser.shadowed)
            return withExtendedLifetime(parser.parser) { settings.setting(root, path: "", depth: 0) }
        } catch {
            faults.add(error)
            return nil
        }
    }

    private func setting(_ node: Node, path: String, depth: Int) -> Setting {
        let place = mark(node)
        guard node.anchor == nil else {
            return refuse(node, path, "anchors and aliases are not read here; write the value out")
        }
        guard depth <= Self.depthLimit else { return refuse(node, path, "nested more than \(Self.depthLimit) levels deep; flatten it") }
        switch node {
        case .scalar(let scalar): return Setting(value(scalar, node, path), mark: place)
        case .sequence(let sequence):
            guard node.tag.rawValue == Tag.Name.seq.rawValue else { return refuseTag(node, path) }
            let elements = sequence.enumerated().map { setting($1, path: "\(path)[\($0)]", depth: depth + 1) }
            return Setting(.list(elements), mark: place)
        case .mapping(let mapping):
            guard node.tag.rawValue == Tag.Name.map.rawValue else { return refuseTag(node, path) }
            return Setting(.map(entries(mapping, path, depth)), mark: place)
        case .alias: return refuse(node, path, "anchors and aliases are not read here; write the value out")
        }
    }

    private func value(_ scalar: Node.Scalar, _ node: Node, _ path: String) -> Setting.Value {
        // Without rules of its own the resolver calls every scalar text, quoted or not; anything else was written down as a tag.
        guard node.tag.rawValue == Tag.Name.str.rawValue else { return refuseTag(node, path).value }
        guard scalar.style == .plain || scalar.style == .any else { return .text(scalar.string) }
        return scalar.string.isEmpty || scalar.string == "~" || scalar.string == "null" ? .null : .plain(scalar.string)
    }

    private func entries(_ mapping: Node.Mapping, _ path: String, _ depth: Int) -> [Setting.Entry] {
        var entries: [Setting.Entry] = []
        var firsts: [(key: String, mark: Setting.Mark?)] = []
        for (key, value) in mapping {
            guard case .scalar(let scalar) = key, key.anchor == nil, !scalar.string.isEmpty else {
                _ = refuse(key, path, "a key must be one word; write key: value")
                continue
            }
            if let first = scalar.string.unicodeScalars.first, let name = shadowed[first] {
                firsts.append((name, mark(key)))
                continue
            }
            let joined = path.isEmpty ? scalar.string : "\(path).\(scalar.string)"
            entries.append(.init(key: scalar.string, mark: mark(key), value: setting(value, path: joined, depth: depth + 1)))
        }
        for (key, mark) in firsts {
            let second = entries.first { $0.key == key }?.mark
            let message = "\(SettingFault.quoted(key)) stands here twice, first in line \(mark?.line ?? 0); keep one of them"
            faults.add(SettingFault(mark: second ?? mark, path: path, message: message))
        }
        return entries
    }

    private func refuseTag(_ node: Node, _ path: String) -> Setting {
        let tag = node.tag.rawValue.replacing("tag:yaml.org,2002:", with: "!!")
        return refuse(node, path, "the tag \(SettingFault.quoted(tag)) is not read here; remove it, and quote what must stay text")
    }

    private func refuse(_ node: Node, _ path: String, _ message: String) -> Setting {
        faults.add(SettingFault(mark: mark(node), path: path, message: message))
        return Setting(.null, mark: mark(node))
    }

    private func mark(_ node: Node) -> Setting.Mark? {
        node.mark.map { Setting.Mark(file: file, line: $0.line, column: $0.column) }
    }
}
