/// The same words in both languages of the product.
public struct LocalizedText: Hashable, Codable, Sendable {
    public var chinese: String
    public var english: String

    public init(zh chinese: String, en english: String) {
        self.chinese = chinese
        self.english = english
    }

    public subscript(language: Language) -> String {
        switch language {
        case .chinese: chinese
        case .english: english
        }
    }

    enum CodingKeys: String, CodingKey {
        case chinese = "zh-CN"
        case english = "en"
    }
}
