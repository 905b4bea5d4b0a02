/* In the place of the library of this name, of which the form's program asks no more than this for
   a preview: a value that is read by the way to it. */

class Value {
  constructor(value) {
    this.value = value;
  }

  getIn(path, otherwise) {
    const found = path.reduce((value, name) => value?.[name], this.value);
    return found === undefined ? otherwise : wrapped(found);
  }

  get(name, otherwise) {
    return this.getIn([name], otherwise);
  }

  toJS() {
    return this.value;
  }
}

const wrapped = (value) => (typeof value === "object" && value !== null ? new Value(value) : value);

export const fromJS = wrapped;
export const Map = wrapped;
