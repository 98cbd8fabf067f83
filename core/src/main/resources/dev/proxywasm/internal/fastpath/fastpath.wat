;; The fast path: hostcalls that filters make all the time, answered inside the sandbox, without crossing to Java.
;;
;; This text becomes a part of the host module (host.wat), whose helpers it uses: $region is where the memory shared with Java begins,
;; $in, $out, $inrange and $give reach the guest. `$cross:env.x` has Java answer.
;;
;; One rule: only the plain case is answered here. Whatever is unusual (a bad range, an unknown map, a name that needs cleaning, no room,
;; a function that may not be called now) crosses, and Java's handler answers it as if this code did not exist. So Java alone knows the
;; errors, the warnings and the exceptions to the rules; the two must only agree on the plain case.
;;
;; Layout of the region (names in ${} are constants of the class FastPathRegion; offsets from $region unless a pointer):
;;
;;   ON             i32  0: everything crosses (no callback is under way, another context is effective, or calls are being traced)
;;   ALLOCATING     i32  not 0 while the guest's allocator runs, which may call next to nothing
;;   LOG_LEVEL      i32  the least severe level that the plugin's log shows
;;   JOURNAL_SIZE   i32  how many records the journal holds
;;   HEAP_NEXT      ptr  the first free byte of the heap
;;   TIME_FRESH     i32  not 0: TIME may be given out, once; measuring needs a clock that moves, so the next question crosses
;;   TIME           i64  nanoseconds since the epoch, when Java last looked
;;   MISSING        i32  what a missing header is answered with: a status, or -1 to have Java answer (ABI 0.1.0)
;;   MAX_PAIRS, MAX_PAIRS_BYTES, MAX_LINE  i32  the plugin's limits
;;   KEY            scratch for one name, lower-cased and padded with zeros to whole words
;;   MAPS           MAP_BYTES for each of the map types 0 to 3:
;;                  MAP_STATE 0 not here, 1 can be read, 3 can be changed; MAP_ENTRIES used, MAP_PAIRS alive, MAP_SIZE serialised
;;   BUFFERS        BUFFER_BYTES for each buffer type: BUFFER_STATE 0 not here, 1 here; BUFFER_POINTER, BUFFER_SIZE
;;   ENTRIES        MAX_ENTRIES x 16 bytes for each map: name pointer, name size (-1: removed), value pointer, value size
;;   JOURNAL        MAX_RECORDS x 24 bytes: what was done, which map or level, name pointer and size, value pointer and size
;;   HEAP           names and values; each begins at a multiple of 8 and is padded with zeros to one

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

  ;; Whether anything may be answered here now.
  (func $is_on (result i32)
    (i32.gt_u
      (i32.load offset=${ON} (global.get $region))
      (i32.load offset=${ALLOCATING} (global.get $region))))

  ;; map(type, state): the map's record if it is here in at least that state, else 0.
  (func $map (param $type i32) (param $state i32) (result i32) (local $map i32)
    (if (i32.eqz (call $is_on)) (then (return (i32.const 0))))
    (if (i32.gt_u (local.get $type) (i32.const 3)) (then (return (i32.const 0))))
    (local.set $map
      (i32.add (global.get $region)
        (i32.add (i32.const ${MAPS}) (i32.mul (local.get $type) (i32.const ${MAP_BYTES})))))
    (select
      (local.get $map)
      (i32.const 0)
      (i32.eq
        (i32.and (i32.load offset=${MAP_STATE} (local.get $map)) (local.get $state))
        (local.get $state))))

  (func $entries (param $type i32) (result i32)
    (i32.add (global.get $region)
      (i32.add (i32.const ${ENTRIES}) (i32.mul (local.get $type) (i32.const ${ENTRIES_BYTES})))))

  ;; key(pointer, size): brings a name into KEY, in lower case; 0 if it has a byte that is not ASCII, or no usual size.
  (func $key (param $pointer i32) (param $size i32) (result i32) (local $at i32) (local $end i32) (local $word i64) (local $all i64)
    (if (i32.gt_u (i32.sub (local.get $size) (i32.const 1)) (i32.const ${MAX_KEY_LESS_ONE})) (then (return (i32.const 0))))
    (if (i32.eqz (call $inrange (local.get $pointer) (local.get $size))) (then (return (i32.const 0))))
    (local.set $at (i32.add (global.get $region) (i32.const ${KEY})))
    (local.set $end (i32.add (local.get $at) (local.get $size)))
    (call $in (local.get $at) (local.get $pointer) (local.get $size))
    (loop $next
      (local.set $word (i64.load (local.get $at)))
      (local.set $all (i64.or (local.get $all) (local.get $word)))
      ;; Eight bytes at a time: 0x25 carries a byte above 'Z' into its top bit, 0x3f one from 'A' on; those in between get bit 5.
      (i64.store (local.get $at)
        (i64.or (local.get $word)
          (i64.shr_u
            (i64.and
              (i64.xor
                (i64.add (i64.and (local.get $word) (i64.const 0x7f7f7f7f7f7f7f7f)) (i64.const 0x2525252525252525))
                (i64.add (i64.and (local.get $word) (i64.const 0x7f7f7f7f7f7f7f7f)) (i64.const 0x3f3f3f3f3f3f3f3f)))
              (i64.const 0x8080808080808080))
            (i64.const 2))))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 8))) (local.get $end))))
    (i64.eqz (i64.and (local.get $all) (i64.const 0x8080808080808080))))

  ;; find(type, map, from, size): the number of the first entry from there on whose name is KEY, or -1.
  (func $find (param $type i32) (param $map i32) (param $from i32) (param $size i32) (result i32)
    (local $entry i32) (local $count i32) (local $name i32) (local $i i32) (local $key i32)
    (local.set $count (i32.load offset=${MAP_ENTRIES} (local.get $map)))
    (local.set $key (i32.add (global.get $region) (i32.const ${KEY})))
    (local.set $entry (i32.add (call $entries (local.get $type)) (i32.shl (local.get $from) (i32.const 4))))
    (block $none
      (loop $next
        (br_if $none (i32.ge_u (local.get $from) (local.get $count)))
        (block $differs
          (br_if $differs (i32.ne (i32.load offset=4 (local.get $entry)) (local.get $size)))
          (local.set $name (i32.load (local.get $entry)))
          (local.set $i (i32.const 0))
          (loop $word
            (br_if $differs
              (i64.ne
                (i64.load (i32.add (local.get $name) (local.get $i)))
                (i64.load (i32.add (local.get $key) (local.get $i)))))
            (br_if $word (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 8))) (local.get $size))))
          (return (local.get $from)))
        (local.set $from (i32.add (local.get $from) (i32.const 1)))
        (local.set $entry (i32.add (local.get $entry) (i32.const 16)))
        (br $next)))
    (i32.const -1))

  (func $entry (param $type i32) (param $number i32) (result i32)
    (i32.add (call $entries (local.get $type)) (i32.shl (local.get $number) (i32.const 4))))

  ;; Whether KEY is `host`, another word for a request's :authority.
  (func $is_alias (param $type i32) (param $size i32) (result i32)
    (i32.and
      (i32.eqz (local.get $type))
      (i32.and
        (i32.eq (local.get $size) (i32.const 4))
        (i64.eq (i64.load offset=${KEY} (global.get $region)) (i64.const 0x74736f68)))))

  ;; Whether KEY is made of small letters, digits, '-' and '_', as nearly every name is; others are cleaned by Java.
  (func $is_plain_name (param $size i32) (result i32) (local $i i32) (local $c i32)
    (loop $next
      (local.set $c (i32.load8_u offset=${KEY} (i32.add (global.get $region) (local.get $i))))
      (if (i32.eqz
            (i32.or
              (i32.or
                (i32.lt_u (i32.sub (local.get $c) (i32.const 97)) (i32.const 26))
                (i32.lt_u (i32.sub (local.get $c) (i32.const 48)) (i32.const 10)))
              (i32.or (i32.eq (local.get $c) (i32.const 45)) (i32.eq (local.get $c) (i32.const 95)))))
        (then (return (i32.const 0))))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $size))))
    (i32.const 1))

  ;; Whether a value in the mailbox has no CR, LF or NUL.
  (func $is_plain_value (param $at i32) (param $size i32) (result i32) (local $c i32) (local $end i32)
    (local.set $end (i32.add (local.get $at) (local.get $size)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $c (i32.load8_u (local.get $at)))
        (if (i32.or
              (i32.eqz (local.get $c))
              (i32.or (i32.eq (local.get $c) (i32.const 10)) (i32.eq (local.get $c) (i32.const 13))))
          (then (return (i32.const 0))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $next)))
    (i32.const 1))

  (func $can_store (param $at i32) (result i32)
    (call $inrange (local.get $at) (i32.const 4)))

  (func (export "env.proxy_get_header_map_value")
    (param $type i32) (param $name i32) (param $name_size i32) (param $value_out i32) (param $size_out i32) (result i32)
    (local $map i32) (local $number i32) (local $entry i32) (local $size i32) (local $target i32)
    (block $java
      (br_if $java (i32.eqz (local.tee $map (call $map (local.get $type) (i32.const 1)))))
      (br_if $java (i32.eqz (call $can_store (local.get $value_out))))
      (br_if $java (i32.eqz (call $can_store (local.get $size_out))))
      (br_if $java (i32.eqz (call $key (local.get $name) (local.get $name_size))))
      (local.set $number (call $find (local.get $type) (local.get $map) (i32.const 0) (local.get $name_size)))
      (if (i32.lt_s (local.get $number) (i32.const 0))
        (then
          (br_if $java (call $is_alias (local.get $type) (local.get $name_size)))
          (br_if $java (i32.lt_s (i32.load offset=${MISSING} (global.get $region)) (i32.const 0)))
          (return (i32.load offset=${MISSING} (global.get $region)))))
      (local.set $entry (call $entry (local.get $type) (local.get $number)))
      (local.set $size (i32.load offset=12 (local.get $entry)))
      (local.set $target (call $allocate (local.get $size) (local.get $value_out) (local.get $size_out)))
      (if (local.get $size)
        (then
          (if (i32.eqz (local.get $target)) (then (return (i32.const ${INVALID_MEMORY_ACCESS}))))
          (call $out (local.get $target) (i32.load offset=8 (local.get $entry)) (local.get $size))))
      (return (i32.const 0)))
    (call $cross:env.proxy_get_header_map_value
      (local.get $type) (local.get $name) (local.get $name_size) (local.get $value_out) (local.get $size_out)))

  ;; $give, with the guest's allocator kept from calling what it must not.
  (func $allocate (param $size i32) (param $pointer_out i32) (param $size_out i32) (result i32) (local $pointer i32)
    (i32.store offset=${ALLOCATING} (global.get $region) (i32.const 1))
    (local.set $pointer (call $give (local.get $size) (local.get $pointer_out) (local.get $size_out)))
    (i32.store offset=${ALLOCATING} (global.get $region) (i32.const 0))
    (local.get $pointer))

  ;; Whether a map may take one more pair of that many bytes.
  (func $has_room (param $map i32) (param $bytes i32) (result i32)
    (i32.and
      (i32.lt_u (i32.load offset=${MAP_ENTRIES} (local.get $map)) (i32.const ${MAX_ENTRIES}))
      (i32.and
        (i32.lt_u
          (i32.load offset=${MAP_PAIRS} (local.get $map))
          (i32.load offset=${MAX_PAIRS} (global.get $region)))
        (i32.le_u
          (i32.add (i32.load offset=${MAP_SIZE} (local.get $map)) (local.get $bytes))
          (i32.load offset=${MAX_PAIRS_BYTES} (global.get $region))))))

  ;; Whether KEY may be written by this code.
  (func $is_plain_target (param $type i32) (param $size i32) (result i32)
    (i32.and
      (call $is_plain_name (local.get $size))
      (i32.eqz (call $is_alias (local.get $type) (local.get $size)))))

  ;; Copies a value of the guest to the heap; -1 if that cannot be done here.
  (func $take_value (param $pointer i32) (param $size i32) (result i32) (local $at i32)
    (if (i32.eqz (call $inrange (local.get $pointer) (local.get $size))) (then (return (i32.const -1))))
    (if (i32.eqz (local.tee $at (call $reserve (local.get $size)))) (then (return (i32.const -1))))
    (call $in (local.get $at) (local.get $pointer) (local.get $size))
    (if (i32.eqz (call $is_plain_value (local.get $at) (local.get $size))) (then (return (i32.const -1))))
    (local.get $at))

  ;; Copies KEY to the heap; 0 if there is no room.
  (func $keep_key (param $size i32) (result i32) (local $at i32)
    (if (local.tee $at (call $reserve (local.get $size)))
      (then
        (memory.copy
          (local.get $at)
          (i32.add (global.get $region) (i32.const ${KEY}))
          (i32.and (i32.add (local.get $size) (i32.const 7)) (i32.const -8)))))
    (local.get $at))

  (func $append
    (param $type i32) (param $map i32) (param $name i32) (param $name_size i32) (param $value i32) (param $value_size i32)
    (local $entry i32) (local $count i32)
    (local.set $count (i32.load offset=${MAP_ENTRIES} (local.get $map)))
    (local.set $entry (call $entry (local.get $type) (local.get $count)))
    (i32.store (local.get $entry) (local.get $name))
    (i32.store offset=4 (local.get $entry) (local.get $name_size))
    (i32.store offset=8 (local.get $entry) (local.get $value))
    (i32.store offset=12 (local.get $entry) (local.get $value_size))
    (i32.store offset=${MAP_ENTRIES} (local.get $map) (i32.add (local.get $count) (i32.const 1)))
    (call $count (local.get $map) (i32.const 1) (call $pair_size (local.get $name_size) (local.get $value_size))))

  (func $pair_size (param $name_size i32) (param $value_size i32) (result i32)
    (i32.add (i32.const 10) (i32.add (local.get $name_size) (local.get $value_size))))

  (func $count (param $map i32) (param $pairs i32) (param $bytes i32)
    (i32.store offset=${MAP_PAIRS} (local.get $map)
      (i32.add (i32.load offset=${MAP_PAIRS} (local.get $map)) (local.get $pairs)))
    (i32.store offset=${MAP_SIZE} (local.get $map)
      (i32.add (i32.load offset=${MAP_SIZE} (local.get $map)) (local.get $bytes))))

  ;; Removes every entry from there on whose name is KEY.
  (func $remove_from (param $type i32) (param $map i32) (param $from i32) (param $size i32) (local $entry i32)
    (block $end
      (loop $next
        (local.set $from (call $find (local.get $type) (local.get $map) (local.get $from) (local.get $size)))
        (br_if $end (i32.lt_s (local.get $from) (i32.const 0)))
        (local.set $entry (call $entry (local.get $type) (local.get $from)))
        (i32.store offset=4 (local.get $entry) (i32.const -1))
        (call $count (local.get $map) (i32.const -1)
          (i32.sub (i32.const 0)
            (call $pair_size (local.get $size) (i32.load offset=12 (local.get $entry)))))
        (br $next))))

  (func (export "env.proxy_add_header_map_value")
    (param $type i32) (param $name i32) (param $name_size i32) (param $value i32) (param $value_size i32) (result i32)
    (local $map i32) (local $kept_name i32) (local $kept_value i32)
    (block $java
      (br_if $java (i32.eqz (local.tee $map (call $map (local.get $type) (i32.const 3)))))
      (br_if $java (i32.eqz (call $has_record)))
      (br_if $java (i32.eqz (call $key (local.get $name) (local.get $name_size))))
      (br_if $java (i32.eqz (call $is_plain_target (local.get $type) (local.get $name_size))))
      (br_if $java (i32.gt_u (local.get $value_size) (i32.const ${MAX_ITEM})))
      (br_if $java
        (i32.eqz (call $has_room (local.get $map) (call $pair_size (local.get $name_size) (local.get $value_size)))))
      (br_if $java (i32.eqz (local.tee $kept_name (call $keep_key (local.get $name_size)))))
      (br_if $java
        (i32.lt_s (local.tee $kept_value (call $take_value (local.get $value) (local.get $value_size))) (i32.const 0)))
      (call $append
        (local.get $type) (local.get $map)
        (local.get $kept_name) (local.get $name_size) (local.get $kept_value) (local.get $value_size))
      (call $record
        (i32.const ${ADD}) (local.get $type)
        (local.get $kept_name) (local.get $name_size) (local.get $kept_value) (local.get $value_size))
      (return (i32.const 0)))
    (call $cross:env.proxy_add_header_map_value
      (local.get $type) (local.get $name) (local.get $name_size) (local.get $value) (local.get $value_size)))

  ;; Puts the value where the first one of that name was, and removes the others; appends if there is none.
  (func (export "env.proxy_replace_header_map_value")
    (param $type i32) (param $name i32) (param $name_size i32) (param $value i32) (param $value_size i32) (result i32)
    (local $map i32) (local $kept_name i32) (local $kept_value i32) (local $number i32) (local $entry i32)
    (block $java
      (br_if $java (i32.eqz (local.tee $map (call $map (local.get $type) (i32.const 3)))))
      (br_if $java (i32.eqz (call $has_record)))
      (br_if $java (i32.eqz (call $key (local.get $name) (local.get $name_size))))
      (br_if $java (i32.eqz (call $is_plain_target (local.get $type) (local.get $name_size))))
      (br_if $java (i32.gt_u (local.get $value_size) (i32.const ${MAX_ITEM})))
      (br_if $java
        (i32.eqz (call $has_room (local.get $map) (call $pair_size (local.get $name_size) (local.get $value_size)))))
      (br_if $java (i32.eqz (local.tee $kept_name (call $keep_key (local.get $name_size)))))
      (br_if $java
        (i32.lt_s (local.tee $kept_value (call $take_value (local.get $value) (local.get $value_size))) (i32.const 0)))
      (local.set $number (call $find (local.get $type) (local.get $map) (i32.const 0) (local.get $name_size)))
      (if (i32.lt_s (local.get $number) (i32.const 0))
        (then
          (call $append
            (local.get $type) (local.get $map)
            (local.get $kept_name) (local.get $name_size) (local.get $kept_value) (local.get $value_size)))
        (else
          (local.set $entry (call $entry (local.get $type) (local.get $number)))
          (call $count (local.get $map) (i32.const 0)
            (i32.sub (local.get $value_size) (i32.load offset=12 (local.get $entry))))
          (i32.store offset=8 (local.get $entry) (local.get $kept_value))
          (i32.store offset=12 (local.get $entry) (local.get $value_size))
          (call $remove_from
            (local.get $type) (local.get $map) (i32.add (local.get $number) (i32.const 1)) (local.get $name_size))))
      (call $record
        (i32.const ${REPLACE}) (local.get $type)
        (local.get $kept_name) (local.get $name_size) (local.get $kept_value) (local.get $value_size))
      (return (i32.const 0)))
    (call $cross:env.proxy_replace_header_map_value
      (local.get $type) (local.get $name) (local.get $name_size) (local.get $value) (local.get $value_size)))

  (func (export "env.proxy_remove_header_map_value")
    (param $type i32) (param $name i32) (param $name_size i32) (result i32)
    (local $map i32) (local $kept_name i32)
    (block $java
      (br_if $java (i32.eqz (local.tee $map (call $map (local.get $type) (i32.const 3)))))
      (br_if $java (i32.eqz (call $has_record)))
      (br_if $java (i32.eqz (call $key (local.get $name) (local.get $name_size))))
      (br_if $java (i32.eqz (call $is_plain_target (local.get $type) (local.get $name_size))))
      (if (i32.lt_s
            (call $find (local.get $type) (local.get $map) (i32.const 0) (local.get $name_size))
            (i32.const 0))
        (then (return (i32.const 0))))
      (br_if $java (i32.eqz (local.tee $kept_name (call $keep_key (local.get $name_size)))))
      (call $remove_from (local.get $type) (local.get $map) (i32.const 0) (local.get $name_size))
      (call $record
        (i32.const ${REMOVE}) (local.get $type)
        (local.get $kept_name) (local.get $name_size) (i32.const 0) (i32.const 0))
      (return (i32.const 0)))
    (call $cross:env.proxy_remove_header_map_value (local.get $type) (local.get $name) (local.get $name_size)))

  (func (export "env.proxy_get_header_map_size") (param $type i32) (param $size_out i32) (result i32) (local $map i32)
    (block $java
      (br_if $java (i32.eqz (local.tee $map (call $map (local.get $type) (i32.const 1)))))
      (br_if $java (i32.eqz (i32.load offset=${MAP_PAIRS} (local.get $map))))
      (br_if $java (i32.eqz (call $can_store (local.get $size_out))))
      (call $store_word (local.get $size_out) (i32.load offset=${MAP_SIZE} (local.get $map)))
      (return (i32.const 0)))
    (call $cross:env.proxy_get_header_map_size (local.get $type) (local.get $size_out)))

  ;; Stores an i32 in the guest, by way of KEY.
  (func $store_word (param $at i32) (param $word i32)
    (i32.store offset=${KEY} (global.get $region) (local.get $word))
    (call $out (local.get $at) (i32.add (global.get $region) (i32.const ${KEY})) (i32.const 4)))

  ;; Serialises a map above the heap, where nothing is kept, and hands it over (abi.md 2.5).
  (func (export "env.proxy_get_header_map_pairs") (param $type i32) (param $map_out i32) (param $size_out i32) (result i32)
    (local $map i32) (local $entry i32) (local $end i32) (local $size i32) (local $base i32) (local $sizes i32) (local $bytes i32)
    (block $java
      (br_if $java (i32.eqz (local.tee $map (call $map (local.get $type) (i32.const 1)))))
      (br_if $java (i32.eqz (i32.load offset=${MAP_PAIRS} (local.get $map))))
      (br_if $java (i32.eqz (call $can_store (local.get $map_out))))
      (br_if $java (i32.eqz (call $can_store (local.get $size_out))))
      (local.set $size (i32.load offset=${MAP_SIZE} (local.get $map)))
      (br_if $java (i32.eqz (local.tee $base (call $reserve (local.get $size)))))
      (i32.store offset=${HEAP_NEXT} (global.get $region) (local.get $base))
      (i32.store (local.get $base) (i32.load offset=${MAP_PAIRS} (local.get $map)))
      (local.set $sizes (i32.add (local.get $base) (i32.const 4)))
      (local.set $bytes
        (i32.add (local.get $sizes) (i32.shl (i32.load offset=${MAP_PAIRS} (local.get $map)) (i32.const 3))))
      (local.set $entry (call $entries (local.get $type)))
      (local.set $end
        (i32.add (local.get $entry) (i32.shl (i32.load offset=${MAP_ENTRIES} (local.get $map)) (i32.const 4))))
      (loop $next
        (if (i32.ge_s (i32.load offset=4 (local.get $entry)) (i32.const 0))
          (then
            (i64.store (local.get $sizes)
              (i64.or
                (i64.extend_i32_u (i32.load offset=4 (local.get $entry)))
                (i64.shl (i64.extend_i32_u (i32.load offset=12 (local.get $entry))) (i64.const 32))))
            (local.set $sizes (i32.add (local.get $sizes) (i32.const 8)))
            (local.set $bytes
              (call $copy_item (local.get $bytes) (i32.load (local.get $entry)) (i32.load offset=4 (local.get $entry))))
            (local.set $bytes
              (call $copy_item
                (local.get $bytes) (i32.load offset=8 (local.get $entry)) (i32.load offset=12 (local.get $entry))))))
        (br_if $next (i32.lt_u (local.tee $entry (i32.add (local.get $entry) (i32.const 16))) (local.get $end))))
      (local.set $entry (call $allocate (local.get $size) (local.get $map_out) (local.get $size_out)))
      (if (i32.eqz (local.get $entry)) (then (return (i32.const ${INVALID_MEMORY_ACCESS}))))
      (call $out (local.get $entry) (local.get $base) (local.get $size))
      (return (i32.const 0)))
    (call $cross:env.proxy_get_header_map_pairs (local.get $type) (local.get $map_out) (local.get $size_out)))

  ;; Copies a name or value and a NUL behind it; gives the place behind that.
  (func $copy_item (param $to i32) (param $from i32) (param $size i32) (result i32)
    (memory.copy (local.get $to) (local.get $from) (local.get $size))
    (local.set $to (i32.add (local.get $to) (local.get $size)))
    (i32.store8 (local.get $to) (i32.const 0))
    (i32.add (local.get $to) (i32.const 1)))

  ;; A line below the log's level costs nothing; others wait in the journal.
  (func (export "env.proxy_log") (param $level i32) (param $text i32) (param $size i32) (result i32) (local $at i32)
    (block $java
      (br_if $java (i32.eqz (call $is_on)))
      (br_if $java (i32.gt_u (local.get $level) (i32.const 5)))
      (br_if $java (i32.eqz (call $inrange (local.get $text) (local.get $size))))
      (if (i32.lt_u (local.get $level) (i32.load offset=${LOG_LEVEL} (global.get $region)))
        (then (return (i32.const 0))))
      (br_if $java (i32.gt_u (local.get $size) (i32.load offset=${MAX_LINE} (global.get $region))))
      (br_if $java (i32.eqz (call $has_record)))
      (br_if $java (i32.eqz (local.tee $at (call $reserve (local.get $size)))))
      (call $in (local.get $at) (local.get $text) (local.get $size))
      (call $record
        (i32.const ${LOG}) (local.get $level) (i32.const 0) (i32.const 0) (local.get $at) (local.get $size))
      (return (i32.const 0)))
    (call $cross:env.proxy_log (local.get $level) (local.get $text) (local.get $size)))

  (func (export "env.proxy_get_log_level") (param $level_out i32) (result i32)
    (block $java
      (br_if $java (i32.eqz (call $is_on)))
      (br_if $java (i32.eqz (call $can_store (local.get $level_out))))
      (call $store_word (local.get $level_out) (i32.load offset=${LOG_LEVEL} (global.get $region)))
      (return (i32.const 0)))
    (call $cross:env.proxy_get_log_level (local.get $level_out)))

  (func (export "env.proxy_get_current_time_nanoseconds") (param $time_out i32) (result i32)
    (block $java
      (br_if $java (i32.eqz (call $is_on)))
      (br_if $java (i32.eqz (i32.load offset=${TIME_FRESH} (global.get $region))))
      (br_if $java (i32.eqz (call $inrange (local.get $time_out) (i32.const 8))))
      (i32.store offset=${TIME_FRESH} (global.get $region) (i32.const 0))
      (call $out (local.get $time_out) (i32.add (global.get $region) (i32.const ${TIME})) (i32.const 8))
      (return (i32.const 0)))
    (call $cross:env.proxy_get_current_time_nanoseconds (local.get $time_out)))

  ;; buffer(type): the buffer's record if it is here, else 0.
  (func $buffer (param $type i32) (result i32) (local $buffer i32)
    (if (i32.eqz (call $is_on)) (then (return (i32.const 0))))
    (if (i32.gt_u (local.get $type) (i32.const 8)) (then (return (i32.const 0))))
    (local.set $buffer
      (i32.add (global.get $region)
        (i32.add (i32.const ${BUFFERS}) (i32.mul (local.get $type) (i32.const ${BUFFER_BYTES})))))
    (select (local.get $buffer) (i32.const 0) (i32.load offset=${BUFFER_STATE} (local.get $buffer))))

  (func $min (param $a i32) (param $b i32) (result i32)
    (select (local.get $a) (local.get $b) (i32.lt_u (local.get $a) (local.get $b))))

  (func (export "env.proxy_get_buffer_bytes")
    (param $type i32) (param $start i32) (param $max i32) (param $value_out i32) (param $size_out i32) (result i32)
    (local $buffer i32) (local $size i32) (local $target i32)
    (block $java
      (br_if $java (i32.eqz (local.tee $buffer (call $buffer (local.get $type)))))
      (br_if $java (i32.eqz (call $can_store (local.get $value_out))))
      (br_if $java (i32.eqz (call $can_store (local.get $size_out))))
      (local.set $size (i32.load offset=${BUFFER_SIZE} (local.get $buffer)))
      (local.set $start (call $min (local.get $start) (local.get $size)))
      (local.set $size (call $min (local.get $max) (i32.sub (local.get $size) (local.get $start))))
      (local.set $target (call $allocate (local.get $size) (local.get $value_out) (local.get $size_out)))
      (if (local.get $size)
        (then
          (if (i32.eqz (local.get $target)) (then (return (i32.const ${INVALID_MEMORY_ACCESS}))))
          (call $out
            (local.get $target)
            (i32.add (i32.load offset=${BUFFER_POINTER} (local.get $buffer)) (local.get $start))
            (local.get $size))))
      (return (i32.const 0)))
    (call $cross:env.proxy_get_buffer_bytes
      (local.get $type) (local.get $start) (local.get $max) (local.get $value_out) (local.get $size_out)))

  (func (export "env.proxy_get_buffer_status")
    (param $type i32) (param $size_out i32) (param $flags_out i32) (result i32) (local $buffer i32)
    (block $java
      (br_if $java (i32.eqz (local.tee $buffer (call $buffer (local.get $type)))))
      (br_if $java (i32.eqz (call $can_store (local.get $size_out))))
      (br_if $java (i32.eqz (call $can_store (local.get $flags_out))))
      (call $store_word (local.get $size_out) (i32.load offset=${BUFFER_SIZE} (local.get $buffer)))
      (call $store_word (local.get $flags_out) (i32.const 0))
      (return (i32.const 0)))
    (call $cross:env.proxy_get_buffer_status (local.get $type) (local.get $size_out) (local.get $flags_out)))
