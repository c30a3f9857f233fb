package dev.sledge.webhook;

class SecretsInMemoryTest extends SecretKeeperContract {
    private final SecretsInMemory secrets = new SecretsInMemory();

    @Override
    protected SecretKeeper keeper() {
        return secrets;
    }
}
