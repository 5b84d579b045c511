#!/bin/sh
# Nginx before two versions of orders, in a folder of its own: nginx.sh FOLDER [-t | -s reload]
# With the folder alone it serves at FRONT_PORT; all goes to ORDERS_PORT until orders.conf says otherwise.
set -eu
PATH=$PATH:/usr/sbin:/sbin
folder=$1
shift
if [ $# -eq 0 ]; then
  cat >"$folder/nginx.conf" <<END
worker_processes 1;
worker_shutdown_timeout 10s;
pid "$folder/nginx.pid";
error_log stderr warn;
events {}
http {
  access_log off;
  client_body_temp_path "$folder/temp";
  proxy_temp_path "$folder/temp";
  fastcgi_temp_path "$folder/temp";
  uwsgi_temp_path "$folder/temp";
  scgi_temp_path "$folder/temp";
  include "$folder/orders.conf";
  server {
    listen 127.0.0.1:$FRONT_PORT;
    location = /health { return 200; }
    location / {
      proxy_pass http://\$faultline_orders;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host \$http_host;
      proxy_connect_timeout 1s;
      proxy_read_timeout 5s;
      # Each error of a version counts as its own: none is hidden by a second attempt.
      proxy_next_upstream off;
    }
  }
}
END
  # What was split before a crash stays so.
  [ -e "$folder/orders.conf" ] || cat >"$folder/orders.conf" <<END
# Written by Faultline: split orders, 0.00% to the canary. What is changed here by hand is lost.
upstream orders-stable {
    server 127.0.0.1:$ORDERS_PORT;
    keepalive 32;
}
upstream orders-canary {
    server 127.0.0.1:$ORDERS_V2_PORT;
    keepalive 32;
}
split_clients "\${request_id}" \$faultline_orders {
    * orders-stable;
}
END
  set -- -g "daemon off;"
fi
exec nginx -p "$folder" -c "$folder/nginx.conf" -e stderr "$@"
