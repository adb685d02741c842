/**
 * Where values go: declarations, parameters and assignments, destructuring and defaults included.
 */
import ts from "typescript";
import { BlockBuilder } from "./build-blocks.ts";
import type { InitialisedField, ValueSource } from "./graph.ts";
import { bindingKey, memberName } from "./syntax.ts";

export abstract class BindingBuilder extends BlockBuilder {
  protected abstract expression(expression: ts.Expression): void;

  /** What a function of its own finds in its parameters. */
  protected parameters(parameters: readonly ts.ParameterDeclaration[]): void {
    for (const parameter of parameters) {
      const { name, initializer } = parameter;
      if (!ts.isIdentifier(name)) {
        this.bindWithDefault(name, initializer, parameter, [], parameter);
      } else if (initializer !== undefined) {
        // The parameter holds its argument already, unless there was none.
        this.either(
          () => {
            this.expression(initializer);
            this.bind(name, initializer, [], parameter);
          },
          () => undefined,
        );
      }
    }
    for (const parameter of parameters) {
      const { name } = parameter;
      if (!ts.isParameterPropertyDeclaration(parameter, parameter.parent)) continue;
      if (!ts.isIdentifier(name)) continue;
      this.emit({
        kind: "assign",
        node: parameter,
        target: fieldNamed(name),
        from: name,
        path: [],
      });
    }
  }

  /** The value of an initialiser becomes the field. */
  protected initialiser({ name, initializer }: InitialisedField): void {
    this.expression(initializer);
    const target = ts.isComputedPropertyName(name)
      ? ts.factory.createElementAccessExpression(ts.factory.createThis(), name.expression)
      : fieldNamed(name);
    this.emit({ kind: "assign", node: initializer, target, from: initializer, path: [] });
  }

  /**
   * What an inlined function finds in its parameters.
   *
   * @param args undefined for an argument that no expression stands for
   */
  protected passArguments(
    parameters: readonly ts.ParameterDeclaration[],
    args: readonly (ts.Expression | undefined)[],
  ): void {
    const spread = args.findIndex((argument) => argument && ts.isSpreadElement(argument));
    parameters.forEach((parameter, index) => {
      const { name, initializer } = parameter;
      const value = spread >= 0 && index >= spread ? undefined : args[index];
      const missing = spread < 0 && index >= args.length;
      if (missing && initializer !== undefined) {
        this.expression(initializer);
        this.bind(name, initializer, [], parameter);
      } else if (value !== undefined || !ts.isIdentifier(name) || initializer !== undefined) {
        this.bindWithDefault(name, initializer, value, [], parameter);
      }
    });
  }

  protected bind(
    name: ts.BindingName,
    from: ValueSource | undefined,
    path: readonly string[],
    node: ts.Node,
  ): void {
    if (ts.isIdentifier(name)) {
      this.emit({ kind: "assign", node, target: name, from, path });
      return;
    }
    name.elements.forEach((element, index) => {
      if (ts.isOmittedExpression(element)) return;
      const { propertyName } = element;
      if (propertyName !== undefined && ts.isComputedPropertyName(propertyName))
        this.expression(propertyName.expression);
      const key = ts.isArrayBindingPattern(name) ? String(index) : bindingKey(element);
      const inner =
        element.dotDotDotToken !== undefined || key === undefined ? path : [...path, key];
      this.bindWithDefault(element.name, element.initializer, from, inner, element);
    });
  }

  private bindWithDefault(
    name: ts.BindingName,
    fallback: ts.Expression | undefined,
    from: ValueSource | undefined,
    path: readonly string[],
    node: ts.Node,
  ): void {
    if (fallback === undefined) {
      this.bind(name, from, path, node);
      return;
    }
    this.either(
      () => {
        this.expression(fallback);
        this.bind(name, fallback, [], node);
      },
      () => {
        this.bind(name, from, path, node);
      },
    );
  }

  /** Assignment to an expression: a name, a member, or a destructuring pattern. */
  protected assignTo(
    target: ts.Expression,
    from: ts.Expression | undefined,
    path: readonly string[],
    node: ts.Node,
  ): void {
    if (ts.isParenthesizedExpression(target)) {
      this.assignTo(target.expression, from, path, node);
    } else if (ts.isArrayLiteralExpression(target)) {
      target.elements.forEach((element, index) => {
        if (ts.isOmittedExpression(element)) return;
        if (ts.isSpreadElement(element)) this.assignTo(element.expression, from, path, node);
        else this.assignElement(element, from, [...path, String(index)], node);
      });
    } else if (ts.isObjectLiteralExpression(target)) {
      for (const property of target.properties) {
        if (ts.isShorthandPropertyAssignment(property)) {
          const { name, objectAssignmentInitializer: fallback } = property;
          const inner = [...path, name.text];
          if (fallback === undefined) this.assignTo(name, from, inner, node);
          else {
            this.either(
              () => {
                this.expression(fallback);
                this.assignTo(name, fallback, [], node);
              },
              () => {
                this.assignTo(name, from, inner, node);
              },
            );
          }
        } else if (ts.isPropertyAssignment(property)) {
          if (ts.isComputedPropertyName(property.name)) this.expression(property.name.expression);
          const inner = [...path, memberName(property.name)];
          this.assignElement(property.initializer, from, inner, node);
        } else if (ts.isSpreadAssignment(property)) {
          this.assignTo(property.expression, from, path, node);
        }
      }
    } else {
      this.emit({ kind: "assign", node, target, from, path });
    }
  }

  private assignElement(
    element: ts.Expression,
    from: ts.Expression | undefined,
    path: readonly string[],
    node: ts.Node,
  ): void {
    if (
      ts.isBinaryExpression(element) &&
      element.operatorToken.kind === ts.SyntaxKind.EqualsToken
    ) {
      const { left, right } = element;
      this.either(
        () => {
          this.expression(right);
          this.assignTo(left, right, [], node);
        },
        () => {
          this.assignTo(left, from, path, node);
        },
      );
    } else {
      this.assignTo(element, from, path, node);
    }
  }

  protected assignmentTargetParts(target: ts.Expression): void {
    if (ts.isPropertyAccessExpression(target)) this.expression(target.expression);
    else if (ts.isElementAccessExpression(target)) {
      this.expression(target.expression);
      this.expression(target.argumentExpression);
    }
  }
}

/** `this.name`, which no node of the source stands for where a field is declared. */
function fieldNamed({ text }: { readonly text: string }): ts.Expression {
  const { factory } = ts;
  return factory.createPropertyAccessExpression(factory.createThis(), text);
}
