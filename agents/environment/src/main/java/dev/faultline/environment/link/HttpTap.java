package dev.faultline.environment.link;

import dev.faultline.model.world.Action.DisturbLink;
import dev.faultline.model.world.Disturbance;
import dev.faultline.model.world.ExchangeEffect;
import dev.faultline.model.world.LinkReading;
import dev.faultline.node.http.HttpEffect;
import dev.faultline.node.http.HttpFault;
import dev.faultline.node.http.HttpMatch;
import dev.faultline.node.http.HttpRelay;
import dev.faultline.node.http.HttpReport;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A relay of exchanges of HTTP. */
public final class HttpTap implements Tap {

  private final HttpRelay relay;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /** Takes a relay that listens already, and closes it in the end. */
  public HttpTap(HttpRelay relay) {
    this.relay = relay;
  }

  @Override
  public boolean takes(Disturbance what) {
    return what instanceof Disturbance.Http;
  }

  @Override
  public void put(DisturbLink order) {
    if (order.what() instanceof Disturbance.Http http) {
      relay.put(
          order.name(),
          new HttpFault(
              new HttpMatch(http.match().method(), http.match().path(), http.match().headers()),
              order.share(),
              order.seed(),
              http.effects().stream().map(HttpTap::effect).toList()));
      told.add(order.name());
    }
  }

  @Override
  public void remove(String name) {
    relay.remove(name);
  }

  @Override
  public LinkReading reading(String name) {
    if (!told.contains(name)) {
      return LinkReading.NOTHING;
    }
    HttpReport report = relay.report(name);
    return new LinkReading(
        relay.faults().contains(name),
        report.matched(),
        0,
        report.affected(),
        report.affected(),
        0,
        report.least(),
        report.median(),
        report.most());
  }

  @Override
  public void close() {
    relay.close();
  }

  private static HttpEffect effect(ExchangeEffect effect) {
    return switch (effect) {
      case ExchangeEffect.Abort abort -> new HttpEffect.Abort(abort.status(), abort.body());
      case ExchangeEffect.Delay late -> new HttpEffect.Delay(late.delay(), late.jitter());
      case ExchangeEffect.ReplaceBody other ->
          new HttpEffect.ReplaceBody(other.body(), Optional.empty());
      case ExchangeEffect.PatchBody patch -> new HttpEffect.PatchBody(patch.patch());
      case ExchangeEffect.Headers headers ->
          new HttpEffect.Headers(headers.set(), headers.remove());
      case ExchangeEffect.Grpc grpc -> new HttpEffect.GrpcStatus(grpc.code(), "ended by Faultline");
    };
  }
}
