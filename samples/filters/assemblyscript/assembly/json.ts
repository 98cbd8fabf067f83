const QUOTE: i32 = 0x22;
const COMMA: i32 = 0x2c;
const COLON: i32 = 0x3a;
const BACKSLASH: i32 = 0x5c;
const OPENING_BRACE: i32 = 0x7b;
const CLOSING_BRACE: i32 = 0x7d;
const END: i32 = -1;

/**
 * Reads one JSON object whose values are strings, which is all this filter's configuration needs.
 *
 * The JSON packages for this compiler abort the module on bad input; a filter should say what is wrong instead.
 * The reader works on UTF-16 code units: compiler 0.14 miscounts references to strings in a loop that is left early.
 */
export class StringObject {
  /** What is wrong with the text, or "" when it is valid. */
  error: string = "";
  private fields: Map<string, string> = new Map();
  private position: i32 = 0;

  constructor(private text: string) {
    this.readObject();
    this.skipSpace();
    if (this.peek() != END) this.fail("nothing more");
  }

  /** Answers the value of a field, or the fallback when the object lacks it. */
  get(name: string, fallback: string): string {
    return this.fields.has(name) ? this.fields.get(name) : fallback;
  }

  private readObject(): void {
    this.expect(OPENING_BRACE);
    if (this.accept(CLOSING_BRACE)) return;
    do {
      this.readField();
    } while (this.accept(COMMA));
    this.expect(CLOSING_BRACE);
  }

  private readField(): void {
    let name = this.readString();
    this.expect(COLON);
    let value = this.readString();
    if (!this.failed) this.fields.set(name, value);
  }

  private readString(): string {
    let units = new Array<i32>();
    this.expect(QUOTE);
    while (!this.failed && this.peek() != QUOTE) {
      let unit = this.take();
      if (unit < 0x20) this.fail("the end of a string");
      units.push(unit == BACKSLASH ? this.readEscape() : unit);
    }
    this.take();
    return String.fromCharCodes(units);
  }

  private readEscape(): i32 {
    let letter = this.take();
    if (letter == 0x75) return this.readCodeUnit();
    let index = letter == END ? -1 : "\"\\/bfnrt".indexOf(String.fromCharCode(letter));
    if (index < 0) this.fail("an escape");
    return "\"\\/\b\f\n\r\t".charCodeAt(index);
  }

  private readCodeUnit(): i32 {
    let unit: i32 = 0;
    for (let i = 0; i < 4; i++) unit = unit * 16 + this.readDigit();
    return unit;
  }

  private readDigit(): i32 {
    let unit = this.take();
    if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
    let letter = unit | 0x20;
    if (letter < 0x61 || letter > 0x66) this.fail("a hexadecimal digit");
    return letter - 0x61 + 10;
  }

  private get failed(): bool {
    return this.error.length > 0;
  }

  private peek(): i32 {
    return this.position < this.text.length ? this.text.charCodeAt(this.position) : END;
  }

  private take(): i32 {
    let unit = this.peek();
    this.position++;
    return unit;
  }

  private accept(token: i32): bool {
    this.skipSpace();
    if (this.failed || this.peek() != token) return false;
    this.position++;
    return true;
  }

  private expect(token: i32): void {
    if (!this.accept(token)) this.fail("'" + String.fromCharCode(token) + "'");
  }

  private skipSpace(): void {
    while (this.peek() == 0x20 || this.peek() == 0x09 || this.peek() == 0x0a || this.peek() == 0x0d) {
      this.position++;
    }
  }

  private fail(wanted: string): void {
    if (!this.failed) this.error = "expected " + wanted + " at character " + this.position.toString();
  }
}
