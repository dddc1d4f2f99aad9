// No exception may cross into Swift: simdjson is used without its throwing forms and memory without throwing new.
#define SIMDJSON_EXCEPTIONS 0
#include "CJSON.h"

#include <simdjson.h>

#include <algorithm>
#include <cstdlib>
#include <new>

using simdjson::error_code;
namespace dom = simdjson::dom;

struct cjson_parser {
    dom::parser parser;
    dom::document document;
    size_t maximum_bytes;
    uint8_t *input = nullptr;
    cjson_node *nodes = nullptr;
    // The members of one large object while they are compared.
    uint32_t *members = nullptr;

    explicit cjson_parser(size_t maximum) noexcept : parser(maximum), maximum_bytes(maximum) {}

    ~cjson_parser() {
        std::free(input);
        std::free(nodes);
        std::free(members);
    }

    bool allocate(size_t maximum_depth) noexcept;
    cjson_status flatten(dom::element element, uint32_t &used) noexcept;
    cjson_status flatten(dom::object object, uint32_t self, uint32_t &used) noexcept;
    cjson_status flatten(dom::array array, uint32_t self, uint32_t &used) noexcept;
    bool has_duplicate(uint32_t object, uint32_t count) noexcept;
};

namespace {

// Objects up to here are compared member by member as they are read; larger ones are sorted, so that no input costs a square of its size.
constexpr uint32_t pairwise_limit = 64;

bool same_key(const cjson_node &a, const cjson_node &b) noexcept {
    return a.key_length == b.key_length && std::memcmp(a.key, b.key, a.key_length) == 0;
}

bool key_before(const cjson_node &a, const cjson_node &b) noexcept {
    if (a.key_length != b.key_length) return a.key_length < b.key_length;
    return std::memcmp(a.key, b.key, a.key_length) < 0;
}

// One of 256 marks per name. Names with different marks differ, so nearly all names of an ordinary object are told apart by one bit.
uint8_t mark_of(std::string_view key) noexcept {
    if (key.empty()) return 0;
    const auto first = uint8_t(key.front()), middle = uint8_t(key[key.size() / 2]), last = uint8_t(key.back());
    return uint8_t((first * 31u + middle) * 31u + last * 7u + key.size() * 37u);
}

cjson_status status_of(error_code error) noexcept {
    switch (error) {
    case simdjson::SUCCESS: return CJSON_OK;
    case simdjson::CAPACITY: return CJSON_TOO_LARGE;
    case simdjson::DEPTH_ERROR: return CJSON_TOO_DEEP;
    case simdjson::UTF8_ERROR: return CJSON_NOT_UTF8;
    case simdjson::MEMALLOC: return CJSON_OUT_OF_MEMORY;
    default: return CJSON_MALFORMED;
    }
}

}  // namespace

bool cjson_parser::allocate(size_t maximum_depth) noexcept {
    if (parser.allocate(maximum_bytes, maximum_depth) != simdjson::SUCCESS) return false;
    if (document.allocate(maximum_bytes) != simdjson::SUCCESS) return false;
    // The densest documents: a value and a comma in an array, {"":0, in an object.
    const size_t node_count = maximum_bytes / 2 + 2, member_count = maximum_bytes / 4 + 2;
    input = static_cast<uint8_t *>(std::calloc(maximum_bytes + simdjson::SIMDJSON_PADDING, 1));
    nodes = static_cast<cjson_node *>(std::malloc(node_count * sizeof(cjson_node)));
    members = static_cast<uint32_t *>(std::malloc(member_count * sizeof(uint32_t)));
    return input && nodes && members;
}

// Recursion is bounded by the parser's depth.
cjson_status cjson_parser::flatten(dom::element element, uint32_t &used) noexcept {
    const uint32_t self = used++;
    cjson_node &node = nodes[self];
    node.length = 0;
    node.span = 1;
    switch (element.type()) {
    case dom::element_type::ARRAY: {
        dom::array array;
        if (element.get(array) != simdjson::SUCCESS) return CJSON_MALFORMED;
        return flatten(array, self, used);
    }
    case dom::element_type::OBJECT: {
        dom::object object;
        if (element.get(object) != simdjson::SUCCESS) return CJSON_MALFORMED;
        return flatten(object, self, used);
    }
    case dom::element_type::STRING: {
        std::string_view text;
        if (element.get(text) != simdjson::SUCCESS) return CJSON_MALFORMED;
        node.kind = CJSON_TEXT;
        node.value.text = text.data();
        node.length = uint32_t(text.size());
        return CJSON_OK;
    }
    case dom::element_type::INT64:
        node.kind = CJSON_INTEGER;
        return status_of(element.get(node.value.integer));
    case dom::element_type::UINT64: {
        uint64_t number = 0;
        if (element.get(number) != simdjson::SUCCESS) return CJSON_MALFORMED;
        node.kind = CJSON_REAL;
        node.value.real = double(number);
        return CJSON_OK;
    }
    case dom::element_type::DOUBLE:
        node.kind = CJSON_REAL;
        return status_of(element.get(node.value.real));
    case dom::element_type::BOOL: {
        bool flag = false;
        if (element.get(flag) != simdjson::SUCCESS) return CJSON_MALFORMED;
        node.kind = flag ? CJSON_TRUE : CJSON_FALSE;
        return CJSON_OK;
    }
    case dom::element_type::NULL_VALUE:
        node.kind = CJSON_NULL;
        return CJSON_OK;
    }
    return CJSON_MALFORMED;
}

cjson_status cjson_parser::flatten(dom::array array, uint32_t self, uint32_t &used) noexcept {
    uint32_t count = 0;
    for (dom::element child : array) {
        nodes[used].key = nullptr;
        nodes[used].key_length = 0;
        const cjson_status status = flatten(child, used);
        if (status != CJSON_OK) return status;
        count++;
    }
    nodes[self].kind = CJSON_ARRAY;
    nodes[self].length = count;
    nodes[self].span = used - self;
    return CJSON_OK;
}

cjson_status cjson_parser::flatten(dom::object object, uint32_t self, uint32_t &used) noexcept {
    uint64_t marks[4] = {0, 0, 0, 0};
    uint32_t count = 0;
    for (dom::key_value_pair member : object) {
        const uint32_t child = used;
        nodes[child].key = member.key.data();
        nodes[child].key_length = uint32_t(member.key.size());
        if (count < pairwise_limit) {
            const uint8_t mark = mark_of(member.key);
            const uint64_t bit = uint64_t(1) << (mark & 63);
            if (marks[mark >> 6] & bit) {
                for (uint32_t other = self + 1; other < child; other += nodes[other].span)
                    if (same_key(nodes[other], nodes[child])) return CJSON_DUPLICATE_KEY;
            }
            marks[mark >> 6] |= bit;
        }
        const cjson_status status = flatten(member.value, used);
        if (status != CJSON_OK) return status;
        count++;
    }
    nodes[self].kind = CJSON_OBJECT;
    nodes[self].length = count;
    nodes[self].span = used - self;
    return count > pairwise_limit && has_duplicate(self, count) ? CJSON_DUPLICATE_KEY : CJSON_OK;
}

bool cjson_parser::has_duplicate(uint32_t object, uint32_t count) noexcept {
    uint32_t next = object + 1;
    for (uint32_t index = 0; index < count; index++, next += nodes[next].span) members[index] = next;
    std::sort(members, members + count, [this](uint32_t a, uint32_t b) { return key_before(nodes[a], nodes[b]); });
    for (uint32_t index = 1; index < count; index++)
        if (same_key(nodes[members[index - 1]], nodes[members[index]])) return true;
    return false;
}

extern "C" {

cjson_parser *cjson_create(size_t maximum_bytes, size_t maximum_depth) {
    auto *parser = new (std::nothrow) cjson_parser(maximum_bytes);
    if (parser && !parser->allocate(maximum_depth)) {
        delete parser;
        return nullptr;
    }
    return parser;
}

void cjson_destroy(cjson_parser *parser) { delete parser; }

cjson_status cjson_parse(cjson_parser *parser, const uint8_t *bytes, size_t length, const cjson_node **root) {
    if (length > parser->maximum_bytes) return CJSON_TOO_LARGE;
    if (length == 0) return CJSON_MALFORMED;
    // simdjson reads past the end within its padding, which stays zero or holds the tail of an earlier document: never decisive.
    std::memcpy(parser->input, bytes, length);
    dom::element element;
    const error_code error = parser->parser.parse_into_document(parser->document, parser->input, length, false).get(element);
    if (error != simdjson::SUCCESS) return status_of(error);
    uint32_t used = 0;
    parser->nodes[0].key = nullptr;
    parser->nodes[0].key_length = 0;
    const cjson_status status = parser->flatten(element, used);
    if (status == CJSON_OK) *root = parser->nodes;
    return status;
}

}  // extern "C"
