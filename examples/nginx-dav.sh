#!/bin/sh
# nginx as one process of N that keeps files by WebDAV: nginx-dav.sh DIRECTORY PORT
set -eu
PATH=$PATH:/usr/sbin
configuration=$1/.nginx-$2.conf
user=
[ "$(id -u)" -ne 0 ] || user='user root;' # else nginx gives the directory to nobody
cat >"$configuration" <<END
daemon off; master_process off; worker_processes 1; pid .nginx-$2.pid; error_log stderr; $user
events { worker_connections 1024; }
http {
    access_log off; keepalive_requests 1000000000; client_max_body_size 0;
    # what is uploaded is renamed into its place, so it comes to the same file system
    client_body_temp_path .; proxy_temp_path .; fastcgi_temp_path .; uwsgi_temp_path .; scgi_temp_path .;
    server {
        listen 127.0.0.1:$2;
        root .;
        dav_methods PUT DELETE;
        location = / { return 200; }
    }
}
END
exec nginx -e stderr -p "$1" -c "$configuration"
