package io.leaddispatch.dynamics;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.IClientCredential;
import com.microsoft.aad.msal4j.MsalThrottlingException;
import com.microsoft.aad.msal4j.PublicClientApplication;
import com.microsoft.aad.msal4j.UserNamePasswordParameters;
import io.leaddispatch.Secret;
import io.leaddispatch.http.HttpAnswer;
import io.leaddispatch.http.HttpTransport;
import io.leaddispatch.http.Redaction;
import io.leaddispatch.http.TokenCache;
import io.leaddispatch.http.TransportException;
import io.leaddispatch.spi.DeliveryResult;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches tokens with MSAL: a new client for each, so that a rotated secret is used and MSAL's own cache never gives a
 * refused token again. {@link TokenCache} in front of it sees to one fetch at a time.
 */
final class SignIn implements TokenCache.Source<IOException> {
    private final String authority;
    private final String applicationId;
    private final Credential credential;
    private final Set<String> scopes;
    private final HttpTransport transport;
    private final SignInAnswers answers;
    private final Clock clock;

    /** What proves who we are; read anew at each sign-in. */
    sealed interface Credential {
        /** A client secret. */
        record Key(Secret value) implements Credential {}

        /** A certificate with its key. */
        record Certificate(Path file, @Nullable Secret password) implements Credential {}

        /** A user. */
        record User(String name, Secret password) implements Credential {}
    }

    SignIn(
            String authority,
            String applicationId,
            Credential credential,
            String scope,
            HttpTransport transport,
            Clock clock) {
        this.authority = authority;
        this.applicationId = applicationId;
        this.credential = credential;
        this.scopes = Set.of(scope);
        this.transport = transport;
        this.answers = new SignInAnswers(clock);
        this.clock = clock;
    }

    @Override
    public TokenCache.Token fetch(Instant deadline, TokenCache.@Nullable Token refused)
            throws IOException, InterruptedException {
        MsalHttp http = new MsalHttp(transport, Redaction.origin(URI.create(authority)), deadline);
        try {
            IAuthenticationResult result = acquire(http).get();
            Instant end = result.expiresOnDate() == null
                    ? Instant.MAX
                    : result.expiresOnDate().toInstant();
            return new TokenCache.Token(result.accessToken(), end);
        } catch (ExecutionException e) {
            if (http.interrupted) {
                throw new InterruptedException();
            }
            throw failed(http, e.getCause());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw unusable(e);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** The texts of these may quote a password or path: only their kind is told. */
    private static SignInException unusable(Exception e) {
        return new SignInException(new DeliveryResult.Pause(
                SignInProblems.SECRET_UNUSABLE.problem(e.getClass().getSimpleName()), null));
    }

    private CompletableFuture<IAuthenticationResult> acquire(MsalHttp http)
            throws GeneralSecurityException, IOException {
        if (credential instanceof Credential.User user) {
            return asUser(user, http);
        }
        IClientCredential proof = credential instanceof Credential.Certificate certificate
                ? certificate(certificate)
                : ClientCredentialFactory.createFromSecret(
                        ((Credential.Key) credential).value().reveal().strip());
        ConfidentialClientApplication client = ConfidentialClientApplication.builder(applicationId, proof)
                .authority(authority)
                .instanceDiscovery(false)
                .httpClient(http)
                .executorService(new SameThread())
                .disableInternalRetries()
                .build();
        return client.acquireToken(
                ClientCredentialParameters.builder(scopes).skipCache(true).build());
    }

    private static IClientCredential certificate(Credential.Certificate certificate)
            throws GeneralSecurityException, IOException {
        Secret password = certificate.password();
        try (InputStream in = Files.newInputStream(certificate.file())) {
            return ClientCredentialFactory.createFromCertificate(in, password == null ? "" : password.reveal());
        }
    }

    /** Deprecated by MSAL and by Dataverse, and still what some have. */
    @SuppressWarnings("deprecation")
    private CompletableFuture<IAuthenticationResult> asUser(Credential.User user, MsalHttp http)
            throws MalformedURLException {
        PublicClientApplication client = PublicClientApplication.builder(applicationId)
                .authority(authority)
                .instanceDiscovery(false)
                .httpClient(http)
                .executorService(new SameThread())
                .disableInternalRetries()
                .build();
        return client.acquireToken(UserNamePasswordParameters.builder(
                        scopes, user.name(), user.password().reveal().toCharArray())
                .build());
    }

    private IOException failed(MsalHttp http, @Nullable Throwable cause) {
        if (http.elsewhere) {
            return new SignInException(new DeliveryResult.Pause(
                    SignInProblems.SIGN_IN.problem("federated users cannot sign in here"), null));
        }
        if (http.failure != null) {
            return notReached(http.failure);
        }
        if (cause instanceof MsalThrottlingException throttled) {
            return new SignInException(new DeliveryResult.Pause(
                    SignInProblems.IDENTITY_THROTTLED.problem(), clock.instant().plusMillis(throttled.retryInMs())));
        }
        HttpAnswer last = http.last;
        if (last != null && !last.isSuccess()) {
            return new SignInException(answers.read(last));
        }
        return new SignInException(new DeliveryResult.Retry(
                SignInProblems.IDENTITY_UNAVAILABLE.problem("its answer cannot be read"), null));
    }

    /** The leads were not sent, whatever became of the request for a token. */
    private static SignInException notReached(TransportException failure) {
        return new SignInException(
                failure.kind() == TransportException.Kind.UNFIT_CLIENT
                        ? new DeliveryResult.Pause(DynamicsProblems.CLIENT_UNFIT.problem(failure.describe()), null)
                        : new DeliveryResult.Retry(
                                SignInProblems.IDENTITY_UNAVAILABLE.problem(failure.describe()), null));
    }
}
