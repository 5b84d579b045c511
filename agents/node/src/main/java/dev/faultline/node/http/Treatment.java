package dev.faultline.node.http;

import dev.faultline.node.http.message.Fields;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What happens to one exchange: the effects of all faults that it was chosen for, in the order of
 * their names. The first that answers, answers; of several new bodies the last one is sent. For one
 * thread at a time.
 */
final class Treatment {

  static final Treatment NONE = new Treatment(new Request("", "", Fields.NONE), List.of());

  private final Request request;
  private final List<Chosen> chosen;

  Treatment(Request request, List<Chosen> chosen) {
    this.request = request;
    this.chosen = chosen;
  }

  boolean delays() {
    return has(HttpEffect.Delay.class);
  }

  /** Waits for as long as the request is to be delayed. */
  void delay() {
    chosen.forEach(Chosen::delay);
  }

  /**
   * The answer instead of the server's.
   *
   * @param grpc whether the client can be given a status of gRPC
   */
  Optional<OwnAnswer> answer(boolean grpc) {
    for (Chosen fault : chosen) {
      var abort = fault.effect(HttpEffect.Abort.class);
      if (abort.isPresent()) {
        fault.happened(abort.get());
        return Optional.of(edited(OwnAnswer.of(abort.get())));
      }
      var status = fault.effect(HttpEffect.GrpcStatus.class);
      if (status.isPresent() && grpc && request.isGrpc()) {
        fault.happened(status.get());
        return Optional.of(edited(OwnAnswer.of(status.get())));
      }
    }
    return Optional.empty();
  }

  private OwnAnswer edited(OwnAnswer answer) {
    return new OwnAnswer(answer.status(), fields(answer.fields()), answer.body());
  }

  /** The header fields of the answer, as they are to be sent. */
  Fields fields(Fields fields) {
    Fields result = fields;
    for (Chosen fault : chosen) {
      var headers = fault.effect(HttpEffect.Headers.class);
      if (headers.isPresent()) {
        result = result.without(headers.get().remove());
        for (var header : headers.get().set().entrySet()) {
          result = result.with(header.getKey(), header.getValue());
        }
        fault.happened(headers.get());
      }
    }
    return result;
  }

  /**
   * What is to be done with the body of the server's answer.
   *
   * @param hasBody whether it can have one
   */
  BodyPlan plan(Fields answer, boolean hasBody) {
    if (!hasBody) {
      return new BodyPlan.Pass();
    }
    if (has(HttpEffect.PatchBody.class) && JsonBody.mayBe(answer)) {
      return new BodyPlan.Collect();
    }
    return has(HttpEffect.ReplaceBody.class) ? new BodyPlan.Replace() : new BodyPlan.Pass();
  }

  /**
   * The new body, when there is one.
   *
   * @param answer the header fields of the server's answer
   * @param body its body; not there when it is not known or was too long
   */
  Optional<NewBody> body(Fields answer, Optional<byte[]> body) {
    Optional<NewBody> result = Optional.empty();
    for (Chosen fault : chosen) {
      var replace = fault.effect(HttpEffect.ReplaceBody.class);
      if (replace.isPresent()) {
        result = Optional.of(replaced(result.map(NewBody::fields).orElse(answer), replace.get()));
        fault.happened(replace.get());
      }
      var patch = fault.effect(HttpEffect.PatchBody.class);
      if (patch.isPresent()) {
        Fields fields = result.map(NewBody::fields).orElse(answer);
        Optional<NewBody> patched =
            result
                .map(NewBody::bytes)
                .or(() -> body)
                .flatMap(now -> JsonBody.patched(fields, now, patch.get()));
        if (patched.isPresent()) {
          result = patched;
          fault.happened(patch.get());
        }
      }
    }
    return result;
  }

  private static NewBody replaced(Fields answer, HttpEffect.ReplaceBody replace) {
    byte[] bytes = replace.body().getBytes(StandardCharsets.UTF_8);
    Fields fields = JsonBody.sized(answer, bytes.length);
    return new NewBody(
        replace.contentType().map(type -> fields.with("content-type", type)).orElse(fields), bytes);
  }

  private boolean has(Class<? extends HttpEffect> kind) {
    return chosen.stream().anyMatch(fault -> fault.effect(kind).isPresent());
  }
}
