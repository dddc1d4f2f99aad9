import Testing
import VigilCore

struct ADStructuresTests {
    @Test("each is found with its type, its data and its place")
    func structures() {
        let advertisement: [UInt8] = [0xEE, 2, 0x01, 6, 1, 0x16, 3, 0xE0, 7, 8]
        let found = Array(ADStructures(advertisement.dropFirst()))

        #expect(found.map(\.code) == [0x01, 0x16, 0xE0])
        #expect(found.map(\.type) == [.flags, .serviceData16, nil])
        #expect(found.map { Array($0.data) } == [[6], [], [7, 8]])
        #expect(found.map(\.range) == [1..<4, 4..<6, 6..<10])
    }

    @Test(
        "one that lies about its length ends them, and what came before holds",
        arguments: [
            ([2, 0x01, 6, 9, 0xFF, 1], 1, "a structure of 9 bytes stands where 2 are left"),
            ([5], 0, "a structure of 5 bytes stands where 0 are left"), ([], 0, nil), ([1, 0x01], 1, nil),
        ] as [([UInt8], Int, String?)])
    func lies(advertisement: [UInt8], count: Int, fault: String?) {
        var structures = ADStructures(advertisement[...])
        var found = 0
        while structures.next() != nil { found += 1 }

        let more = structures.next()

        #expect(found == count)
        #expect(structures.fault == fault)
        #expect(more == nil)
    }

    @Test("what follows a length of 0 is padding, whatever it looks like")
    func padding() {
        var structures = ADStructures([2, 0x01, 6, 0, 2, 0x01, 6])

        let found = (0..<4).map { _ in structures.next()?.code }

        #expect(found == [0x01, nil, nil, nil])
        #expect(structures.fault == nil)
    }
}
