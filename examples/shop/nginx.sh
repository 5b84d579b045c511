#!/bin/sh
# Nginx before two versions of orders, in a folder of its own and without root:
#   nginx.sh FOLDER PROGRAM...       writes there what Nginx starts with, and becomes that program
#   nginx.sh FOLDER -t | -s reload   what the Nginx that runs there is asked
set -eu
folder=$1
shift
case $1 in
-*) exec "/proc/$(cat "$folder/front.pid")/exe" -p "$folder" -c front.conf -e stderr "$@" ;;
esac

cat >"$folder/front.conf" <<END
worker_processes 2;
worker_shutdown_timeout 10s;
pid front.pid;
error_log stderr warn;
events {}
http {
  access_log off;
  # A reload closes idle connections, and a request may be on its way in one of them: none is kept.
  keepalive_timeout 0;
  client_body_temp_path temp;
  proxy_temp_path temp;
  fastcgi_temp_path temp;
  uwsgi_temp_path temp;
  scgi_temp_path temp;
  include orders.conf;
  server {
    listen 127.0.0.1:$FRONT_PORT;
    location = /health { return 200; }
    location / {
      proxy_pass http://orders;
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
# As Faultline writes it for 0%. What was split when the program last ended stays so.
[ -e "$folder/orders.conf" ] || cat >"$folder/orders.conf" <<END
# Written by Faultline: upstream orders, 0.00% to the canary. What is changed here by hand is lost.
upstream orders {
    zone faultline_orders 512k;
    server 127.0.0.1:$ORDERS_PORT weight=1 max_fails=0;
    keepalive 32;
}
# Nothing is kept in these: their sizes show which share Nginx has loaded.
limit_conn_zone \$binary_remote_addr zone=faultline_orders_percent:6156k;
limit_conn_zone \$binary_remote_addr zone=faultline_orders_hundredths:6668k;
END
exec "$@"
