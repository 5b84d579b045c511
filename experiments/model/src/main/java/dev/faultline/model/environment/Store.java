package dev.faultline.model.environment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import dev.faultline.model.codec.InvalidValue;
import java.util.List;

/** What a database that Faultline did not start is, and where. */
public sealed interface Store {

  /**
   * A PostgreSQL: {@code jdbc: jdbc:postgresql://HOST:PORT,HOST:PORT/NAME}.
   *
   * @param address with every node; never with a password
   */
  record Jdbc(String address) implements Store {

    /** Refuses what is no address of PostgreSQL, and addresses that hold a secret. */
    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    public Jdbc {
      InvalidValue.required(address, "address");
      if (!address.matches("jdbc:postgresql://[^\\s/?@]+/[^\\s/?]+(\\?\\S*)?")) {
        throw new InvalidValue(
            "this is not an address of PostgreSQL; write it as"
                + " jdbc:postgresql://HOST:5432,HOST:5432/NAME");
      }
      if (address.matches("(?i).*[?&](password|sslpassword)=.*")) {
        throw new InvalidValue(
            "a password does not belong into a file; put it into one of its own: passwordFile");
      }
    }

    /** Reads the address alone. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Jdbc of(String address) {
      return new Jdbc(address);
    }
  }

  /**
   * An etcd, version 3.4 or newer, spoken to by its JSON gateway, without TLS and without users.
   *
   * @param endpoints addresses of its members, at least one, such as {@code http://etcd1:2379}
   */
  record Etcd(
      @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> endpoints)
      implements Store {

    /** Requires addresses of HTTP. */
    public Etcd {
      endpoints = List.copyOf(endpoints);
      if (endpoints.isEmpty()) {
        throw new InvalidValue("endpoints", "'endpoints' is missing: the address of each member");
      }
      for (int i = 0; i < endpoints.size(); i++) {
        String endpoint = endpoints.get(i);
        if (endpoint.startsWith("https:")) {
          throw new InvalidValue(
              "endpoints/" + i, "an etcd behind TLS cannot be spoken to; name one by http://");
        }
        if (!endpoint.matches("http://[^\\s/@]+/?")) {
          throw new InvalidValue(
              "endpoints/" + i,
              "'%s' is not an address; write it as http://HOST:2379".formatted(endpoint));
        }
      }
    }
  }
}
