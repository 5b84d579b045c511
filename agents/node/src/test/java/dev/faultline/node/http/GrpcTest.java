package dev.faultline.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.node.Await;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls between the client and the server of gRPC. */
@Timeout(120)
class GrpcTest {

  private static final HttpMatch BETA =
      new HttpMatch(
          Optional.of("POST"), Optional.of("/test.Echo/*"), Map.of("x-user-type", "beta"));
  private static final int MOST_BYTES = 64 << 20;

  private static final class Raw implements MethodDescriptor.Marshaller<byte[]> {

    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }
  }

  private static MethodDescriptor<byte[], byte[]> method(
      String name, MethodDescriptor.MethodType type) {
    return MethodDescriptor.<byte[], byte[]>newBuilder(new Raw(), new Raw())
        .setFullMethodName("test.Echo/" + name)
        .setType(type)
        .build();
  }

  static final MethodDescriptor<byte[], byte[]> ONE =
      method("One", MethodDescriptor.MethodType.UNARY);
  private static final MethodDescriptor<byte[], byte[]> BOTH =
      method("Both", MethodDescriptor.MethodType.BIDI_STREAMING);
  private static final MethodDescriptor<byte[], byte[]> MANY =
      method("Many", MethodDescriptor.MethodType.SERVER_STREAMING);

  private Server server;
  private HttpRelay relay;
  private ManagedChannel channel;
  private Channel beta;

  @BeforeEach
  void start() throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server =
        NettyServerBuilder.forAddress(any)
            .maxInboundMessageSize(MOST_BYTES)
            .addService(
                ServerServiceDefinition.builder("test.Echo")
                    .addMethod(ONE, ServerCalls.asyncUnaryCall(GrpcTest::one))
                    .addMethod(MANY, ServerCalls.asyncServerStreamingCall(GrpcTest::many))
                    .addMethod(BOTH, ServerCalls.asyncBidiStreamingCall(answers -> answers))
                    .build())
            .build()
            .start();
    InetSocketAddress target = new InetSocketAddress(any.getAddress(), server.getPort());
    relay = HttpRelay.start(any, target, Optional.empty());
    channel =
        NettyChannelBuilder.forAddress("localhost", relay.port())
            .usePlaintext()
            .maxInboundMessageSize(MOST_BYTES)
            .build();
    Metadata tag = new Metadata();
    tag.put(Metadata.Key.of("x-user-type", Metadata.ASCII_STRING_MARSHALLER), "beta");
    beta = ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(tag));
  }

  static void one(byte[] request, StreamObserver<byte[]> answer) {
    if (request.length == 0) {
      answer.onError(Status.NOT_FOUND.withDescription("the server's own").asException());
      return;
    }
    answer.onNext(request);
    answer.onCompleted();
  }

  private static void many(byte[] request, StreamObserver<byte[]> answer) {
    for (int i = 0; i < 5000; i++) {
      answer.onNext(request);
    }
    answer.onCompleted();
  }

  @AfterEach
  void end() throws InterruptedException {
    channel.shutdownNow().awaitTermination(30, TimeUnit.SECONDS);
    relay.close();
    server.shutdownNow().awaitTermination(30, TimeUnit.SECONDS);
  }

  static byte[] call(Channel channel, byte[] request) {
    CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(60, TimeUnit.SECONDS);
    return ClientCalls.blockingUnaryCall(channel, ONE, options, request);
  }

  private void put(HttpEffect... effects) {
    relay.put("fault", new HttpFault(BETA, 1, 7, List.of(effects)));
  }

  @Test
  void callsPassWithTheirStatusAndLargeMessages() {
    byte[] large = new byte[24 << 20];
    new Random(7).nextBytes(large);
    assertThat(call(channel, large)).isEqualTo(large);
    assertThatThrownBy(() -> call(channel, new byte[0]))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessage("NOT_FOUND: the server's own");
    assertThat(call(channel, new byte[] {1})).containsExactly(1);
  }

  @Test
  void streamsPassInBothDirections() throws Exception {
    Iterator<byte[]> many =
        ClientCalls.blockingServerStreamingCall(channel, MANY, CallOptions.DEFAULT, new byte[1000]);
    int count = 0;
    for (; many.hasNext(); many.next()) {
      count++;
    }
    assertThat(count).isEqualTo(5000);

    CompletableFuture<Integer> received = new CompletableFuture<>();
    StreamObserver<byte[]> requests =
        ClientCalls.asyncBidiStreamingCall(
            channel.newCall(BOTH, CallOptions.DEFAULT), new Sum(received));
    for (int i = 0; i < 2000; i++) {
      requests.onNext(new byte[] {1, 2, 3});
    }
    requests.onCompleted();
    assertThat(received.get(60, TimeUnit.SECONDS)).isEqualTo(6000);
  }

  private static final class Sum implements StreamObserver<byte[]> {

    private final CompletableFuture<Integer> result;
    private int bytes;

    Sum(CompletableFuture<Integer> result) {
      this.result = result;
    }

    @Override
    public void onNext(byte[] value) {
      bytes += value.length;
    }

    @Override
    public void onError(Throwable failed) {
      result.completeExceptionally(failed);
    }

    @Override
    public void onCompleted() {
      result.complete(bytes);
    }
  }

  @Test
  void aStatusIsGivenToTheTaggedUserAloneAndTheConnectionLivesOn() {
    put(new HttpEffect.GrpcStatus(8, "too much, é%"));
    byte[] request = new byte[1 << 20];
    for (int i = 0; i < 50; i++) {
      assertThatThrownBy(() -> call(beta, request))
          .isInstanceOf(StatusRuntimeException.class)
          .hasMessage("RESOURCE_EXHAUSTED: too much, é%");
      assertThat(call(channel, new byte[] {2})).containsExactly(2);
    }
    HttpReport report = relay.report("fault");
    assertThat(report.seen()).isEqualTo(100);
    assertThat(report.affected()).isEqualTo(50);
  }

  @Test
  void anAbortIsAPlainStatusOfHttp() {
    put(new HttpEffect.Abort(503, Optional.of("down")));
    assertThatThrownBy(() -> call(beta, new byte[] {1}))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageStartingWith("UNAVAILABLE")
        .hasMessageContaining("503");
  }

  @Test
  void aDelayedCallHoldsUpNoOther() throws Exception {
    put(new HttpEffect.Delay(Duration.ofHours(2), Duration.ZERO));
    var delayed =
        ClientCalls.futureUnaryCall(beta.newCall(ONE, CallOptions.DEFAULT), new byte[3 << 20]);
    Await.until("matched", () -> relay.report("fault").matched() == 1);

    assertThat(call(channel, new byte[] {3})).containsExactly(3);
    assertThat(delayed.isDone()).isFalse();

    relay.remove("fault");
    assertThat(delayed.get(60, TimeUnit.SECONDS)).hasSize(3 << 20);
  }

  @Test
  void aServerThatShutsDownFinishesItsCalls() throws Exception {
    CompletableFuture<Integer> received = new CompletableFuture<>();
    StreamObserver<byte[]> requests =
        ClientCalls.asyncBidiStreamingCall(
            channel.newCall(BOTH, CallOptions.DEFAULT), new Sum(received));
    requests.onNext(new byte[] {1});
    assertThat(call(channel, new byte[] {1})).hasSize(1);
    server.shutdown();
    requests.onNext(new byte[] {1});
    requests.onCompleted();
    assertThat(received.get(60, TimeUnit.SECONDS)).isEqualTo(2);
    assertThatThrownBy(() -> call(channel, new byte[] {1}))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageStartingWith("UNAVAILABLE");
  }
}
