package org.aula.content.asset;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import org.aula.kernel.settings.Settings;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// The way to the object store: `S3_ENDPOINT`, addressed by path, which every S3 understands. Addresses are
/// signed for `S3_PUBLIC_ENDPOINT` where browsers reach the store under another name.
@Factory
final class ObjectStoreFactory {

    static final String STRANGER = "stranger";

    @Singleton
    @Primary
    @Bean(preDestroy = "close")
    S3Client client(Settings settings) {
        return client(settings, credentials(settings));
    }

    /// Asks without credentials, as a stranger does.
    @Singleton
    @Named(STRANGER)
    @Bean(preDestroy = "close")
    S3Client stranger(Settings settings) {
        return client(settings, AnonymousCredentialsProvider.create());
    }

    private static S3Client client(Settings settings, AwsCredentialsProvider credentials) {
        return S3Client.builder()
                .endpointOverride(URI.create(settings.get("S3_ENDPOINT")))
                .region(region(settings))
                .credentialsProvider(credentials)
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(2))
                        .socketTimeout(Duration.ofSeconds(10)))
                .overrideConfiguration(configuration -> configuration.retryStrategy(retry -> retry.maxAttempts(4)))
                .build();
    }

    @Singleton
    @Bean(preDestroy = "close")
    S3Presigner presigner(Settings settings) {
        return S3Presigner.builder()
                .endpointOverride(URI.create(settings.get("S3_PUBLIC_ENDPOINT", settings.get("S3_ENDPOINT"))))
                .region(region(settings))
                .credentialsProvider(credentials(settings))
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build();
    }

    private static Region region(Settings settings) {
        return Region.of(settings.get("S3_REGION", "us-east-1"));
    }

    private static StaticCredentialsProvider credentials(Settings settings) {
        return StaticCredentialsProvider.create(
                AwsBasicCredentials.create(settings.secret("s3/access-key"), settings.secret("s3/secret-key")));
    }
}
