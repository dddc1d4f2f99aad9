import Testing

@testable import VigilNotify

@Suite struct WebhookSecretsTests {
    @Test("the signature is that of the project's own test vector")
    func goldenVector() throws {
        // Spec: Standard Webhooks, the libraries' own tests.
        let secrets = try WebhookSecrets.parse(Shared.webhookSecret).get()

        let signature = secrets.signatures(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330, body: Array(#"{"test": 2432232314}"#.utf8))

        #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test("while a secret rotates, each one signs")
    func rotation() throws {
        let other = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
        let both = try WebhookSecrets.parse(Secret("\(Shared.webhookSecret.revealed)\n\(other)")).get()
        let one = try WebhookSecrets.parse(Shared.webhookSecret).get()
        let two = try WebhookSecrets.parse(Secret(other)).get()

        func sign(_ secrets: WebhookSecrets) -> String { secrets.signatures(id: "msg_1", timestamp: 1, body: [1]) }
        #expect(sign(both) == "\(sign(one)) \(sign(two))")
    }

    @Test(
        "what is no secret is refused in words that do not repeat it",
        arguments: [
            "geheim", "whsec_", "whsec_geheim!", "whsec_Z2VoZWlt", "whsec_\(String(repeating: "Z2Vo", count: 22))",
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw geheim",
        ])
    func refused(text: String) {
        guard case .failure(let failure) = WebhookSecrets.parse(Secret(text)) else {
            Issue.record("accepted")
            return
        }
        #expect(!failure.description.contains("geheim"))
        #expect(!failure.description.contains("Z2Vo"))
    }
}
