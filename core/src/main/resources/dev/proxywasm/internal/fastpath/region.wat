;; The fast path: hostcalls that filters make all the time, answered inside the sandbox, without crossing to Java.
;;
;; This text and its siblings become a part of the host module (host.wat), whose helpers they use: $region is where the memory shared with
;; Java begins; $in, $out, $put, $alloc and $inrange reach the guest; `$cross:env.x` has Java answer.
;;
;;   region.wat         what all of them use: the heap, the journal, handing bytes to the guest
;;   header-maps.wat    finding the pairs of a name
;;   header-reads.wat   proxy_get_header_map_value, _pairs, _size
;;   header-writes.wat  proxy_add_, proxy_replace_, proxy_remove_header_map_value
;;   header-pairs.wat   proxy_set_header_map_pairs
;;   buffers.wat        proxy_get_buffer_bytes, _status
;;   properties.wat     proxy_get_property, proxy_set_property
;;   metrics.wat        proxy_increment_metric, proxy_record_metric
;;   context.wat        proxy_set_effective_context
;;   log.wat            proxy_log, proxy_get_log_level
;;   time.wat           proxy_get_current_time_nanoseconds, clock_time_get, clock_res_get
;;   wasi.wat           fd_write, fd_fdstat_get, random_get, environ_*, args_*, sched_yield
;;
;; One rule: only the plain case is answered here. Whatever is unusual (a bad range, an unknown map, a name that needs cleaning, no room,
;; a function that may not be called now) crosses, and Java's handler answers it as if this code did not exist. So Java alone knows the
;; errors, the warnings and the exceptions to the rules; the two must only agree on the plain case.
;;
;; Layout of the region (names in ${} are constants of the class FastPathLayout; offsets from $region unless a pointer):
;;
;;   ON             i32  0: everything crosses (no callback is under way, another context is effective, or calls are being traced)
;;   ALLOCATING     i32  not 0 while the guest's allocator runs, which may call next to nothing
;;   LOG_LEVEL      i32  the least severe level that the plugin's log shows
;;   JOURNAL_SIZE   i32  how many records the journal holds
;;   HEAP_NEXT      ptr  the first free byte of the heap
;;   CONTEXT        i32  the number of the context that hostcalls act on while ON
;;   REFUSED        i32  not 0: the guest's allocator answered REFUSED_POINTER, which cannot be used; Java is about to say so
;;   MISSING        i32  what a missing header is answered with: a status, or -1 to have Java answer (ABI 0.1.0)
;;   MAX_PAIRS, MAX_PAIRS_BYTES, MAX_LINE  i32  the plugin's limits
;;   NO_ENVIRONMENT i32  not 0: the guest has no environment variables
;;   TIMES          TIME_BYTES for each of the clocks 0 (real time) and 1 (monotonic): TIME_FRESH not 0 if TIME, the nanoseconds when the
;;                  guest was entered, may still be given out (time.wat)
;;   KEY            scratch for one name or path, padded with zeros to whole words
;;   MAPS           MAP_BYTES for each of the map types 0 to 3:
;;                  MAP_STATE 0 not here, else READABLE, WRITABLE or ASSIGNABLE; MAP_ENTRIES used, MAP_PAIRS alive, MAP_SIZE serialised
;;   BUFFERS        BUFFER_BYTES for each buffer type: BUFFER_STATE 0 not here, 1 here; BUFFER_POINTER, BUFFER_SIZE
;;   RANDOM_LEFT    i32  how many of the bytes at RANDOM have not been given out
;;   METRICS        a byte for each metric below MAX_METRICS: 0 not known, else 1 + its type
;;   PROPERTIES     PROPERTY_COUNT of PROPERTY_BYTES each: PROPERTY_STATE (PRESENT or ABSENT, and STORABLE; 0 not here), PROPERTY_PATH,
;;                  PROPERTY_PATH_SIZE, PROPERTY_VALUE, PROPERTY_VALUE_SIZE
;;   PATHS          the paths of properties, each at a multiple of 8 and padded with zeros
;;   ENTRIES        MAX_ENTRIES x 16 bytes for each map: name pointer, name size (-1: removed), value pointer, value size
;;   JOURNAL        MAX_RECORDS x RECORD_BYTES: what was done, which map, level, metric or property, name pointer and size, value pointer
;;                  and size or a number in their place
;;   HEAP           names and values; each begins at a multiple of 8 and is padded with zeros to one

  ;; Whether anything may be answered here now.
  (func $is_on (result i32)
    (i32.gt_u
      (i32.load offset=${ON} (global.get $region))
      (i32.load offset=${ALLOCATING} (global.get $region))))

  ;; reserve(size): a place on the heap, or 0 when there is none.
  (func $reserve (param $size i32) (result i32) (local $at i32) (local $end i32)
    (if (i32.gt_u (local.get $size) (i32.const ${MAX_ITEM})) (then (return (i32.const 0))))
    (local.set $at (i32.load offset=${HEAP_NEXT} (global.get $region)))
    (local.set $end (i32.add (local.get $at) (i32.and (i32.add (local.get $size) (i32.const 7)) (i32.const -8))))
    (if (i32.gt_u (local.get $end) (i32.add (global.get $region) (i32.const ${HEAP_END}))) (then (return (i32.const 0))))
    (i32.store offset=${HEAP_NEXT} (global.get $region) (local.get $end))
    (local.get $at))

  ;; Whether one more record fits into the journal.
  (func $has_record (result i32)
    (i32.lt_u (i32.load offset=${JOURNAL_SIZE} (global.get $region)) (i32.const ${MAX_RECORDS})))

  ;; A new record in the journal, for Java to do what it says.
  (func $new_record (param $what i32) (param $which i32) (result i32) (local $at i32) (local $size i32)
    (local.set $size (i32.load offset=${JOURNAL_SIZE} (global.get $region)))
    (local.set $at
      (i32.add
        (i32.add (global.get $region) (i32.const ${JOURNAL}))
        (i32.mul (local.get $size) (i32.const ${RECORD_BYTES}))))
    (i32.store (local.get $at) (local.get $what))
    (i32.store offset=${RECORD_WHICH} (local.get $at) (local.get $which))
    (i32.store offset=${JOURNAL_SIZE} (global.get $region) (i32.add (local.get $size) (i32.const 1)))
    (local.get $at))

  ;; Notes something that has a name and a value.
  (func $record
    (param $what i32) (param $which i32) (param $name i32) (param $name_size i32) (param $value i32) (param $value_size i32)
    (local $at i32)
    (local.set $at (call $new_record (local.get $what) (local.get $which)))
    (i32.store offset=${RECORD_NAME} (local.get $at) (local.get $name))
    (i32.store offset=${RECORD_NAME_SIZE} (local.get $at) (local.get $name_size))
    (i32.store offset=${RECORD_VALUE} (local.get $at) (local.get $value))
    (i32.store offset=${RECORD_VALUE_SIZE} (local.get $at) (local.get $value_size)))

  ;; Whether both places that the guest wants a pointer and a size stored at are in its memory.
  (func $can_deliver (param $pointer_out i32) (param $size_out i32) (result i32)
    (i32.and
      (call $inrange (local.get $pointer_out) (i32.const 4))
      (call $inrange (local.get $size_out) (i32.const 4))))

  ;; deliver(from, size, pointer_out, size_out): hands bytes to the guest, in memory that its allocator gives; nothing is allocated for no
  ;; bytes. Gives 0 if that memory cannot be used: Java is then to answer, and gets what the allocator said instead of asking again.
  (func $deliver (param $from i32) (param $size i32) (param $pointer_out i32) (param $size_out i32) (result i32) (local $target i32)
    (if (local.get $size)
      (then
        (i32.store offset=${ALLOCATING} (global.get $region) (i32.const 1))
        (local.set $target (call $alloc (local.get $size)))
        (i32.store offset=${ALLOCATING} (global.get $region) (i32.const 0))
        (if (i32.or
              (i32.eqz (local.get $target))
              (i32.eqz (call $inrange (local.get $target) (local.get $size))))
          (then
            (i32.store offset=${REFUSED_POINTER} (global.get $region) (local.get $target))
            (i32.store offset=${REFUSED} (global.get $region) (i32.const 1))
            (return (i32.const 0))))
        (call $out (local.get $target) (local.get $from) (local.get $size))))
    (call $put (local.get $pointer_out) (local.get $target))
    (call $put (local.get $size_out) (local.get $size))
    (i32.const 1))

  (func $min (param $a i32) (param $b i32) (result i32)
    (select (local.get $a) (local.get $b) (i32.lt_u (local.get $a) (local.get $b))))
