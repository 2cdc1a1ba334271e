//! The `view!` macro of the console.
//!
//! It takes the same markup as the macro of Leptos and turns it into calls of the console's own renderer
//! (`runboard::dom`) instead. The reason is size: Leptos compiles a type of its own for every element with its
//! attributes and children, which made two thirds of the program; calls of a few functions with the names as data do
//! the same work in a fraction of the bytes. Components, properties, signals and contexts stay those of Leptos.

use proc_macro2::TokenStream;
use quote::quote;
use rstml::node::{KeyedAttribute, Node, NodeAttribute, NodeBlock, NodeElement};
use rstml::{Parser, ParserConfig};
use syn::spanned::Spanned;
use syn::{Expr, ExprLit, Lit, Stmt};

/// Elements that must be made in the namespace of SVG.
const SVG: [&str; 3] = ["svg", "use", "polyline"];

/// Markup to a `runboard::dom::Node`. Attributes are `name=value`; `on:event=handler`, `prop:name=value`,
/// `class:name=condition`, `style:name=value` and `node_ref=slot` are as in Leptos. Names in upper case are components.
#[proc_macro]
pub fn view(markup: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let parser = Parser::new(ParserConfig::default());
    let (nodes, errors) = parser.parse_recoverable(TokenStream::from(markup)).split_vec();
    let errors = errors.into_iter().map(|error| error.emit_as_expr_tokens());
    let node = several(&nodes);
    quote! {{ #(#errors;)* #node }}.into()
}

/// A component or a block alone stands for itself; everything else is built.
fn several(nodes: &[Node]) -> TokenStream {
    let nodes: Vec<&Node> = nodes.iter().filter(|node| !matches!(node, Node::Comment(_))).collect();
    match nodes.as_slice() {
        [Node::Element(found)] if is_component(found) => component_call(found),
        [Node::Block(block)] => {
            let block = bare(block);
            quote! { ::runboard::dom::IntoNode::into_node(#block) }
        }
        nodes => {
            let mut steps = Steps::default();
            nodes.iter().for_each(|node| part(node, &mut steps));
            let steps = steps.done();
            quote! {{
                let mut __builder = ::runboard::dom::Builder::new();
                #(#steps;)*
                __builder.done()
            }}
        }
    }
}

/// What the builder is told, in order. What the markup says of itself is gathered into one shape as far as it goes.
#[derive(Default)]
struct Steps {
    shape: String,
    steps: Vec<TokenStream>,
}

impl Steps {
    fn say(&mut self, sign: char, text: &str) {
        self.shape.push('\u{1}');
        self.shape.push(sign);
        self.shape.push_str(text);
    }

    fn call(&mut self, step: TokenStream) {
        self.flush();
        self.steps.push(step);
    }

    fn flush(&mut self) {
        let shape = std::mem::take(&mut self.shape);
        if !shape.is_empty() {
            self.steps.push(quote! { __builder.shape(#shape) });
        }
    }

    fn done(mut self) -> Vec<TokenStream> {
        self.flush();
        self.steps
    }
}

/// Tells the builder of a node; comments say nothing.
fn part(node: &Node, steps: &mut Steps) {
    match node {
        Node::Element(found) if is_component(found) => {
            let component = component_call(found);
            steps.call(quote! { __builder.child(#component) });
        }
        Node::Element(found) => element(found, steps),
        Node::Block(block) => {
            let block = bare(block);
            steps.call(quote! { __builder.child(#block) });
        }
        Node::Text(text) => steps.say('"', &text.value_string()),
        Node::Fragment(fragment) => fragment.children.iter().for_each(|child| part(child, steps)),
        Node::RawText(text) => steps.call(refuse(text.span(), "text stands in quotes, or comes from `text`")),
        Node::Comment(_) => {}
        Node::Doctype(_) | Node::Custom(_) => {
            steps.call(refuse(node.span(), "only elements, components and blocks"));
        }
    }
}

/// A block that is one expression stands without its braces, which the compiler would call unnecessary.
fn bare(block: &NodeBlock) -> TokenStream {
    match block {
        NodeBlock::ValidBlock(valid) => match valid.stmts.as_slice() {
            [Stmt::Expr(expression, None)] => quote! { #expression },
            _ => quote! { #valid },
        },
        NodeBlock::Invalid(invalid) => quote! { #invalid },
    }
}

fn is_component(element: &NodeElement<rstml::Infallible>) -> bool {
    element.name().to_string().starts_with(char::is_uppercase)
}

fn element(found: &NodeElement<rstml::Infallible>, steps: &mut Steps) {
    let name = found.name().to_string();
    steps.say(if SVG.contains(&name.as_str()) { '~' } else { '<' }, &name);
    let mut calls = Vec::new();
    for attribute in found.attributes() {
        match attribute {
            NodeAttribute::Attribute(attribute) => match fixed(attribute) {
                // Fixed ones first, in one shape with the element.
                Some(fixed) => steps.say(' ', &fixed),
                None => calls.push(set(attribute)),
            },
            NodeAttribute::Block(block) => calls.push(refuse(block.span(), "an attribute needs a name")),
        }
    }
    calls.into_iter().for_each(|call| steps.call(call));
    found.children.iter().for_each(|child| part(child, steps));
    steps.say('>', "");
}

/// `name=value` of an attribute whose value stands in the markup.
fn fixed(attribute: &KeyedAttribute) -> Option<String> {
    let key = attribute.key.to_string();
    let value = match attribute.value() {
        None => String::new(),
        Some(Expr::Lit(ExprLit { lit: Lit::Str(value), .. })) => value.value(),
        Some(_) => return None,
    };
    (!key.contains(':') && key != "node_ref").then(|| [&key, "=", &value].concat())
}

fn set(attribute: &KeyedAttribute) -> TokenStream {
    let key = attribute.key.to_string();
    let value = attribute.value().map_or_else(|| quote! { true }, |value| quote! { #value });
    match key.split_once(':') {
        Some(("on", event)) => quote! { __builder.on(#event, #value) },
        Some(("prop", name)) => quote! { __builder.prop(#name, #value) },
        Some(("class", name)) => quote! { __builder.class(#name, #value) },
        Some(("style", name)) => quote! { __builder.style(#name, #value) },
        Some(_) => refuse(attribute.key.span(), "known prefixes are on:, prop:, class: and style:"),
        None if key == "node_ref" => quote! { __builder.keep(#value) },
        None => quote! { __builder.attr(#key, #value) },
    }
}

fn component_call(found: &NodeElement<rstml::Infallible>) -> TokenStream {
    let name = found.name();
    let properties = found.attributes().iter().map(|attribute| match attribute {
        NodeAttribute::Attribute(attribute) => {
            let key = syn::Ident::new(&attribute.key.to_string(), attribute.key.span());
            let value = attribute.value().map_or_else(|| quote! { true }, |value| quote! { #value });
            quote! { .#key(#value) }
        }
        NodeAttribute::Block(block) => refuse(block.span(), "a property needs a name"),
    });
    let children = (!found.children.is_empty()).then(|| {
        let children = several(&found.children);
        quote! { .children(::runboard::dom::children(move || #children)) }
    });
    quote! {{
        let __props = ::leptos::component::component_props_builder(&#name) #(#properties)* #children .build();
        ::runboard::dom::quiet(move || ::leptos::component::component_view(&#name, __props))
    }}
}

/// A component of Leptos, as by its own macro of this name. What it reads while it is made is not followed; the renderer
/// sees to that where it is called, in one place instead of in every component.
#[proc_macro_attribute]
pub fn component(_: proc_macro::TokenStream, function: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let function = TokenStream::from(function);
    quote! { #[::leptos::component(transparent)] #function }.into()
}

fn refuse(span: proc_macro2::Span, why: &str) -> TokenStream {
    syn::Error::new(span, why).to_compile_error()
}
