#!/bin/sh
# Starts one of two PostgreSQL servers: start.sh NAME OTHER. One whose folder is empty copies the other and follows it.
set -eu
name=$1 other=$2
export PGPASSWORD="$POSTGRES_PASSWORD"
if [ ! -s "$PGDATA/PG_VERSION" ]; then
	until pg_isready --quiet --host="$other"; do
		echo "the folder is empty: waiting for $other"
		sleep 2
	done
	rm -rf "$PGDATA"/* # of a copy that was cut off; the version comes last
	psql --host="$other" --username=postgres --quiet --command="SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '$name' AND NOT active"
	pg_basebackup --pgdata="$PGDATA/copy" --dbname="host=$other user=postgres application_name=$name" \
		--write-recovery-conf --wal-method=stream --checkpoint=fast --create-slot --slot="$name"
	mv "$PGDATA/copy/PG_VERSION" "$PGDATA/version"
	mv "$PGDATA"/copy/* "$PGDATA"
	rmdir "$PGDATA/copy"
	mv "$PGDATA/version" "$PGDATA/PG_VERSION"
fi
chmod 700 "$PGDATA"
# What a standby that is away has missed is kept for it, to an end. Details of errors hold people's data; they have no place in a log.
exec docker-entrypoint.sh postgres -c hba_file=/etc/qihe/pg_hba.conf -c max_connections=300 -c max_slot_wal_keep_size=16GB \
	-c log_error_verbosity=terse -c log_min_error_statement=panic
