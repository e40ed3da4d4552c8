package org.aula.bench.spring;

import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.grpc.ServerInterceptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerExecutorProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.grpc.server.GlobalServerInterceptor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// A Spring server of the part of the contract that W1, W2 and W4 measure: the official gRPC starter,
/// HikariCP and JdbcClient, virtual threads. With CHECKS=true it asks of each call what the platform asks.
@SpringBootApplication
public class SpringPeer {

    public static void main(String[] arguments) {
        SpringApplication.run(SpringPeer.class, arguments);
    }

    @Bean
    GrpcServerExecutorProvider executors() {
        var virtual = Executors.newVirtualThreadPerTaskExecutor();
        return () -> virtual;
    }

    @Bean
    @GlobalServerInterceptor
    ServerInterceptor checks(Environment environment) {
        return "true".equals(environment.getProperty("CHECKS"))
                ? new Checks(validator(), UserKeys.ask(Integer.parseInt(environment.getRequiredProperty("AUTH_PORT"))))
                : new TrustedCaller();
    }

    private static Validator validator() {
        return ValidatorFactory.newBuilder().build();
    }

    @Bean(destroyMethod = "close")
    HikariDataSource courseSource(Environment environment) throws IOException {
        return source(environment, "courses");
    }

    @Bean(destroyMethod = "close", defaultCandidate = false)
    @Qualifier("enrollments")
    HikariDataSource enrollmentSource(Environment environment) throws IOException {
        return source(environment, "enrollments");
    }

    @Bean(destroyMethod = "close", defaultCandidate = false)
    @Qualifier("grades")
    HikariDataSource gradeSource(Environment environment) throws IOException {
        return source(environment, "grades");
    }

    @Bean
    JdbcClient courses(HikariDataSource courseSource) {
        return JdbcClient.create(courseSource);
    }

    @Bean(defaultCandidate = false)
    @Qualifier("enrollments")
    JdbcClient enrollments(@Qualifier("enrollments") HikariDataSource source) {
        return JdbcClient.create(source);
    }

    @Bean(defaultCandidate = false)
    @Qualifier("enrollments")
    TransactionTemplate enrollmentTransactions(@Qualifier("enrollments") HikariDataSource source) {
        return new TransactionTemplate(new JdbcTransactionManager(source));
    }

    @Bean(defaultCandidate = false)
    @Qualifier("grades")
    JdbcClient grades(@Qualifier("grades") HikariDataSource source) {
        return JdbcClient.create(source);
    }

    @Bean(defaultCandidate = false)
    @Qualifier("grades")
    TransactionTemplate gradeTransactions(@Qualifier("grades") HikariDataSource source) {
        return new TransactionTemplate(new JdbcTransactionManager(source));
    }

    /// The service's own login. The driver prepares a statement at its fifth use, as it does for the
    /// platform.
    private static HikariDataSource source(Environment environment, String service) throws IOException {
        var password = Path.of(environment.getRequiredProperty("SECRETS_DIR"), "postgres", service + ".password");
        var config = new HikariConfig();
        config.setJdbcUrl(environment.getRequiredProperty("POSTGRES_URL"));
        config.setUsername(service);
        config.setPassword(Files.readString(password).strip());
        config.setMaximumPoolSize(4);
        config.addDataSourceProperty("ApplicationName", "peer-spring");
        return new HikariDataSource(config);
    }
}
