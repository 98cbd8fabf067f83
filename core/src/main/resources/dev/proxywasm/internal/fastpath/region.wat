;; The fast path: hostcalls that filters make all the time, answered inside the sandbox, without crossing to Java.
;;
;; This text and its siblings become a part of the host module (host.wat), whose helpers they use: $region is where the memory shared with
;; Java begins; $in, $out, $put, $alloc and $inrange reach the guest; `$cross:env.x` has Java answer.
;;
;;   region.wat         what all of them use: the heap, the journal, handing bytes to the guest
;;   header-maps.wat    finding the pairs of a name
;;   header-reads.wat   proxy_get_header_map_value, _pairs, _size
;;   header-writes.wat  proxy_add_, proxy_replace_, proxy_remove_header_map_value
;;   buffers.wat        proxy_get_buffer_bytes, _status
;;   log.wat            proxy_log, proxy_get_log_level
;;   time.wat           proxy_get_current_time_nanoseconds
;;
;; One rule: only the plain case is answered here. Whatever is unusual (a bad range, an unknown map, a name that needs cleaning, no room,
;; a function that may not be called now) crosses, and Java's handler answers it as if this code did not exist. So Java alone knows the
;; errors, the warnings and the exceptions to the rules; the two must only agree on the plain case.
;;
;; Layout of the region (names in ${} are constants of the class FastPathRegion; offsets from $region unless a pointer):
;;
;;   ON             i32  0: everything crosses (no callback is under way, another context is effective, or calls are being traced)
;;   ALLOCATING     i32  not 0 while the guest's allocator runs, which may call next to nothing
;;   REFUSED        i32  not 0: the guest's allocator answered REFUSED_POINTER, which cannot be used; Java is about to say so
;;   LOG_LEVEL      i32  the least severe level that the plugin's log shows
;;   JOURNAL_SIZE   i32  how many records the journal holds
;;   HEAP_NEXT      ptr  the first free byte of the heap
;;   TIME_FRESH     i32  not 0: TIME may be given out, once an entry (time.wat)
;;   TIME           i64  nanoseconds since the epoch when the guest was entered
;;   MISSING        i32  what a missing header is answered with: a status, or -1 to have Java answer (ABI 0.1.0)
;;   MAX_PAIRS, MAX_PAIRS_BYTES, MAX_LINE  i32  the plugin's limits
;;   KEY            scratch for one name, lower-cased and padded with zeros to whole words
;;   MAPS           MAP_BYTES for each of the map types 0 to 3:
;;                  MAP_STATE 0 not here, 1 can be read, 3 can be changed; MAP_ENTRIES used, MAP_PAIRS alive, MAP_SIZE serialised
;;   BUFFERS        BUFFER_BYTES for each buffer type: BUFFER_STATE 0 not here, 1 here; BUFFER_POINTER, BUFFER_SIZE
;;   ENTRIES        MAX_ENTRIES x 16 bytes for each map: name pointer, name size (-1: removed), value pointer, value size
;;   JOURNAL        MAX_RECORDS x 24 bytes: what was done, which map or level, name pointer and size, value pointer and size
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

  ;; Notes what was done, for Java to do.
  (func $record
    (param $what i32) (param $which i32) (param $name i32) (param $name_size i32) (param $value i32) (param $value_size i32)
    (local $at i32) (local $size i32)
    (local.set $size (i32.load offset=${JOURNAL_SIZE} (global.get $region)))
    (local.set $at (i32.add (global.get $region) (i32.mul (local.get $size) (i32.const 24))))
    (i32.store offset=${JOURNAL} (local.get $at) (local.get $what))
    (i32.store offset=${JOURNAL_WHICH} (local.get $at) (local.get $which))
    (i32.store offset=${JOURNAL_NAME} (local.get $at) (local.get $name))
    (i32.store offset=${JOURNAL_NAME_SIZE} (local.get $at) (local.get $name_size))
    (i32.store offset=${JOURNAL_VALUE} (local.get $at) (local.get $value))
    (i32.store offset=${JOURNAL_VALUE_SIZE} (local.get $at) (local.get $value_size))
    (i32.store offset=${JOURNAL_SIZE} (global.get $region) (i32.add (local.get $size) (i32.const 1))))

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
