;; Header maps in the sandbox: where their pairs are, and which of them have a name.

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

  ;; The first entry of a map type, and the one of that number.
  (func $entries (param $type i32) (result i32)
    (i32.add (global.get $region)
      (i32.add (i32.const ${ENTRIES}) (i32.mul (local.get $type) (i32.const ${ENTRIES_BYTES})))))

  (func $entry (param $type i32) (param $number i32) (result i32)
    (i32.add (call $entries (local.get $type)) (i32.shl (local.get $number) (i32.const 4))))

  ;; key(pointer, size): brings a name into KEY, in lower case; 0 if it has a byte that is not ASCII, or no usual size.
  (func $key (param $pointer i32) (param $size i32) (result i32) (local $at i32) (local $end i32) (local $word i64) (local $all i64)
    (if (i32.gt_u (i32.sub (local.get $size) (i32.const 1)) (i32.const ${LAST_OF_KEY})) (then (return (i32.const 0))))
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

  ;; Whether KEY is `host`, another word for a request's :authority.
  (func $is_alias (param $type i32) (param $size i32) (result i32)
    (i32.and
      (i32.eqz (local.get $type))
      (i32.and
        (i32.eq (local.get $size) (i32.const 4))
        (i64.eq (i64.load offset=${KEY} (global.get $region)) (i64.const ${HOST})))))

  ;; How many bytes a pair takes in a serialised map.
  (func $pair_size (param $name_size i32) (param $value_size i32) (result i32)
    (i32.add (i32.const 10) (i32.add (local.get $name_size) (local.get $value_size))))
